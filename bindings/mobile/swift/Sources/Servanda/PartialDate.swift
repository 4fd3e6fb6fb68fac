/// A day, a month or a year: a date that is as precise as what is known.
///
/// A fact that happened in February 2013 is dated `2013-02`, and counts from the last day of that
/// month.
///
/// ```swift
/// let date = try PartialDate(2013, 2)
/// date.description      // "2013-02"
/// date.lastDay          // 2013-02-28
/// ```
public struct PartialDate: Hashable, Sendable {
    /// The date as it crosses the boundary to the library: 20130200, with zeros for an unknown
    /// month or day.
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

    /// The year.
    public var year: Int { Int(packed / 10_000) }

    /// The month, if it is known.
    public var month: Int? { known(packed / 100 % 100) }

    /// The day of the month, if it is known.
    public var day: Int? { known(packed % 100) }

    /// The day, if it is known.
    public var asDay: Day? { day == nil ? nil : Day(packed: packed) }

    /// The last day that the date can mean. A fact with this date counts from that day.
    public var lastDay: Day {
        let month = self.month ?? 12
        let last = day ?? CivilCount.days(inMonth: month, of: year)
        return Day(packed: Int64(year * 10_000 + month * 100 + last))
    }

    private func known(_ part: Int64) -> Int? {
        part == 0 ? nil : Int(part)
    }
}

extension PartialDate: LosslessStringConvertible {
    /// Reads a date such as `2013`, `2013-02` or `2013-02-28`. Nil if the text is not a date.
    public init?(_ description: String) {
        guard let date = try? readDate(text: description) else { return nil }
        self = date
    }

    /// The date as in ISO 8601, such as `2013-02`.
    public var description: String {
        [year, month, day].compactMap(\.self).enumerated().map(padded).joined(separator: "-")
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
