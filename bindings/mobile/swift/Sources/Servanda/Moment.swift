import Foundation

/// A moment in UTC, to the microsecond: when an entry was recorded.
///
/// The order of a ledger depends on microseconds, and the text of a moment always has six digits
/// for them. Foundation's `Date` keeps a moment exactly in the years 1865 to 2137. Outside these
/// years `Date` is less precise than a microsecond.
///
/// ```swift
/// let known = try tracker.view(knownAt: entry.recordedAt)     // has that entry
/// let shown = Date(entry.recordedAt).formatted()
/// ```
public struct Moment: Hashable, Sendable {
    /// The microseconds since the start of 1970 in UTC.
    public let microseconds: Int64

    /// A moment from the microseconds since the start of 1970 in UTC.
    ///
    /// - Throws: ``ServandaError/invalid(code:text:details:)`` with the code `invalid-moment`
    ///   outside the years 1 to 9999.
    public init(microseconds: Int64) throws {
        self = try checkedMoment(moment: Moment(unchecked: microseconds))
    }

    init(unchecked microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The microsecond that is nearest to a `Date`.
    ///
    /// - Throws: ``ServandaError/invalid(code:text:details:)`` with the code `invalid-moment`
    ///   outside the years 1 to 9999.
    public init(_ date: Date) throws {
        // A value that has no Int64, such as infinity, is outside these years.
        let wanted = (date.timeIntervalSinceReferenceDate * 1_000_000).rounded()
        let since2001 = Int64(exactly: wanted) ?? (wanted < 0 ? Int64.min / 2 : Int64.max / 2)
        try self.init(microseconds: since2001 + Self.from1970To2001)
    }

    /// The current moment.
    public static func now() throws -> Moment {
        try Moment(Date())
    }

    static let from1970To2001 = Int64(Date.timeIntervalBetween1970AndReferenceDate) * 1_000_000
}

extension Date {
    /// The date of a moment, as precise as `Date` is.
    public init(_ moment: Moment) {
        self.init(timeIntervalSinceReferenceDate: Double(moment.microseconds - Moment.from1970To2001) / 1_000_000)
    }
}

extension Moment: Comparable {
    public static func < (one: Moment, other: Moment) -> Bool {
        one.microseconds < other.microseconds
    }
}

extension Moment: LosslessStringConvertible {
    /// Reads a moment such as `2013-03-16T01:00:00.000000Z`. Nil if the text is not a moment.
    public init?(_ description: String) {
        guard let moment = try? readMoment(text: description) else { return nil }
        self = moment
    }

    /// The moment in UTC with six digits of the second, such as `2013-03-16T01:00:00.000000Z`.
    public var description: String {
        let perDay: Int64 = 86_400_000_000
        let ofDay = microseconds >= 0 ? microseconds % perDay : (microseconds % perDay + perDay) % perDay
        // 1970-01-01 has the number 719,162. Every moment is in the years that have day numbers.
        let day = CivilCount.day(numbered: Int((microseconds - ofDay) / perDay) + 719_162)
        let seconds = ofDay / 1_000_000
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded(1, Int($0)) }.joined(separator: ":")
        let fraction = String(ofDay % 1_000_000 + 1_000_000).dropFirst()
        return "\(day?.description ?? "")T\(time).\(fraction)Z"
    }
}

extension Moment: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoded(from: decoder, by: readMoment(text:))
    }

    public func encode(to encoder: any Encoder) throws {
        try encoded(description, to: encoder)
    }
}
