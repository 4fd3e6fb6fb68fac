/// A day, or as much of it as is known: a month, a year or a range of days.
///
/// It is written as in ISO 8601: `2013-02-28`, `2013-02` or `2013`. One unknown day of a range is
/// written as in EDTF (ISO 8601-2): `[2013-02-10..2013-02-14]`.
///
/// ```swift
/// let date = try PartialDate(2013, 2)
/// date.description      // "2013-02"
/// date.lastDay          // 2013-02-28
/// ```
public struct PartialDate: Hashable, Sendable {
    /// The date as it crosses the boundary to the library: 20130200, with zeros for an unknown
    /// month or day. A range has the number of days from its first to its last day before the eight
    /// digits of its first day, and zeros between them.
    let packed: Int64

    init(packed: Int64) {
        self.packed = packed
    }

    /// A date with a known day.
    public init(_ day: Day) {
        packed = day.packed
    }

    /// A date from its year and, if they are known, its month and day.
    ///
    /// - Throws: ``ServandaError/invalid(code:text:details:)`` if there is no such date.
    public init(_ year: Int, _ month: Int? = nil, _ day: Int? = nil) throws {
        let numbers = [year, month, month == nil ? nil : day].compactMap(\.self)
        self = try readDate(text: numbers.enumerated().map(padded).joined(separator: "-"))
    }

    /// The most precise date that covers all days from the first to the last: a day, a month, a
    /// year or a range.
    ///
    /// - Throws: ``ServandaError/invalid(code:text:details:)`` with the code `invalid-date` if the
    ///   last day is before the first, or more than 65,535 days later.
    public init(from first: Day, through last: Day) throws {
        self = try dateBetween(first: first, last: last)
    }

    /// The year. Nil if the days of a range are in several years.
    public var year: Int? { firstDay.year == lastDay.year ? firstDay.year : nil }

    /// The month, if it is known.
    public var month: Int? { year != nil && firstDay.month == lastDay.month ? firstDay.month : nil }

    /// The day of the month, if it is known.
    public var day: Int? { asDay?.day }

    /// The day, if it is known.
    public var asDay: Day? { firstDay == lastDay ? firstDay : nil }

    /// The first day that the date can mean.
    public var firstDay: Day {
        Day(packed: Int64(parts.year * 10_000 + max(parts.month, 1) * 100 + max(parts.day, 1)))
    }

    /// The last day that the date can mean.
    public var lastDay: Day {
        let (year, month, day) = parts
        guard day == 0 else { return firstDay.adding(days: daysOfRange) ?? firstDay }
        let last = month == 0 ? 12 : month
        return Day(packed: Int64(year * 10_000 + last * 100 + CivilCount.days(inMonth: last, of: year)))
    }

    private static let range: Int64 = 100_000_000_000_000

    /// The number of days from the first to the last day of a range. 0 for any other date.
    private var daysOfRange: Int { Int(packed / Self.range) }

    /// The year, the month and the day of the month of the first day, with zeros for the
    /// unknown parts.
    private var parts: (year: Int, month: Int, day: Int) {
        let first = Int(packed % Self.range)
        return (first / 10_000, first / 100 % 100, first % 100)
    }
}

extension PartialDate: LosslessStringConvertible {
    /// Reads a date such as `2013`, `2013-02`, `2013-02-28` or `[2013-02-10..2013-02-14]`. Nil if
    /// the text is not a date.
    public init?(_ description: String) {
        guard let date = try? readDate(text: description) else { return nil }
        self = date
    }

    /// The date as in ISO 8601, such as `2013-02`.
    public var description: String {
        guard daysOfRange == 0 else { return "[\(firstDay)..\(lastDay)]" }
        let (year, month, day) = parts
        return [year, month, day].prefix { $0 != 0 }.enumerated().map(padded).joined(separator: "-")
    }
}

extension PartialDate: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoded(from: decoder, by: readDate(text:))
    }

    public func encode(to encoder: any Encoder) throws {
        try encoded(description, to: encoder)
    }
}

/// The date of a fact: a ``Day``, or a ``PartialDate`` if the day is not known.
public protocol FactDate: Sendable {
    /// The date, as precise as what is known.
    var partialDate: PartialDate { get }
}

extension Day: FactDate {
    public var partialDate: PartialDate { PartialDate(self) }
}

extension PartialDate: FactDate {
    public var partialDate: PartialDate { self }
}
