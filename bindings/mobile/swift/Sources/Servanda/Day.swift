import Foundation

/// A date of the civil calendar at the place of an act, in the years 1 to 9999.
///
/// Foundation's `Date` is a moment, and its day depends on the time zone. Acts of governments are
/// dated by days:
///
/// ```swift
/// let submitted = try Day(2013, 3, 15)
/// submitted.description        // "2013-03-15"
/// submitted < Day("2013-05-22")!
/// ```
///
/// A day is written, read and encoded as in ISO 8601: `2013-03-15`.
public struct Day: Hashable, Sendable {
    /// The day as it crosses the boundary to the library: 20130315.
    let packed: Int64

    init(packed: Int64) {
        self.packed = packed
    }

    /// A day from its year, month and day of the month.
    ///
    /// - Throws: ``ServandaError/invalid(code:text:details:)`` with the code `invalid-day` if there
    ///   is no such day.
    public init(_ year: Int, _ month: Int, _ day: Int) throws {
        self = try readDay(text: [year, month, day].enumerated().map(padded).joined(separator: "-"))
    }

    /// The day of a moment in a time zone.
    ///
    /// - Throws: ``ServandaError/invalid(code:text:details:)`` with the code `invalid-day` if that
    ///   is before the year 1 or after 9999.
    public init(of moment: Date, in timeZone: TimeZone = .current) throws {
        let parts = gregorian(in: timeZone).dateComponents([.era, .year, .month, .day], from: moment)
        let year = parts.era == 0 ? 0 : parts.year ?? 0
        try self.init(year, parts.month ?? 0, parts.day ?? 0)
    }

    /// Today in a time zone.
    public static func today(in timeZone: TimeZone = .current) throws -> Day {
        try Day(of: Date(), in: timeZone)
    }

    /// The year, from 1 to 9999.
    public var year: Int { Int(packed / 10_000) }

    /// The month, from 1 to 12.
    public var month: Int { Int(packed / 100 % 100) }

    /// The day of the month, from 1 to 31.
    public var day: Int { Int(packed % 100) }

    /// The components of the day, for Foundation's calendars.
    public var dateComponents: DateComponents {
        DateComponents(calendar: Foundation.Calendar(identifier: .gregorian), year: year, month: month, day: day)
    }

    /// The moment at which the day begins in a time zone, or nil if the time zone skipped the day.
    public func start(in timeZone: TimeZone = .current) -> Date? {
        gregorian(in: timeZone).date(from: DateComponents(year: year, month: month, day: day))
    }

    /// The day that is this number of days later, or earlier if the number is negative. Nil outside
    /// the years 1 to 9999.
    public func adding(days: Int) -> Day? {
        let (number, overflow) = CivilCount.number(of: self).addingReportingOverflow(days)
        return overflow ? nil : CivilCount.day(numbered: number)
    }

    /// The number of days until another day, negative if that day is earlier.
    public func days(until other: Day) -> Int {
        CivilCount.number(of: other) - CivilCount.number(of: self)
    }
}

extension Day: Comparable {
    public static func < (one: Day, other: Day) -> Bool {
        one.packed < other.packed
    }
}

extension Day: LosslessStringConvertible {
    /// Reads a day such as `2013-03-15`. Nil if the text is not a day.
    public init?(_ description: String) {
        guard let day = try? readDay(text: description) else { return nil }
        self = day
    }

    /// The day as in ISO 8601, such as `2013-03-15`.
    public var description: String {
        [year, month, day].enumerated().map(padded).joined(separator: "-")
    }
}

extension Day: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoded(from: decoder, by: readDay(text:))
    }

    public func encode(to encoder: any Encoder) throws {
        try encoded(description, to: encoder)
    }
}

extension Day: CustomReflectable {
    public var customMirror: Mirror {
        Mirror(self, children: ["year": year, "month": month, "day": day])
    }
}

/// Days numbered from 0001-01-01, which is 0, in the proleptic Gregorian calendar.
enum CivilCount {
    static func number(of day: Day) -> Int {
        let before = day.year - 1
        let monthsBefore = (1..<day.month).reduce(0) { $0 + days(inMonth: $1, of: day.year) }
        return before * 365 + before / 4 - before / 100 + before / 400 + monthsBefore + day.day - 1
    }

    static func day(numbered number: Int) -> Day? {
        // 9999-12-31 is the last.
        guard (0...3_652_058).contains(number) else { return nil }
        // A year has at most 366 days, so this estimate is never too late.
        var year = number / 366 + 1
        while let next = first(of: year + 1), next <= number { year += 1 }
        var rest = number - (first(of: year) ?? 0)
        var month = 1
        while rest >= days(inMonth: month, of: year) {
            rest -= days(inMonth: month, of: year)
            month += 1
        }
        return Day(packed: Int64(year * 10_000 + month * 100 + rest + 1))
    }

    static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func first(of year: Int) -> Int? {
        year > 9999 ? nil : number(of: Day(packed: Int64(year * 10_000 + 101)))
    }
}

/// A part of a date with leading zeros: four digits for the year, two for month and day.
func padded(_ place: Int, _ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, (place == 0 ? 4 : 2) - digits.count)) + digits
}

func gregorian(in timeZone: TimeZone) -> Foundation.Calendar {
    var calendar = Foundation.Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    return calendar
}

/// Decodes a value that is encoded as text.
func decoded<Value>(from decoder: any Decoder, by read: (String) throws -> Value) throws -> Value {
    let container = try decoder.singleValueContainer()
    do {
        return try read(container.decode(String.self))
    } catch let refused as ServandaError {
        throw DecodingError.dataCorrupted(
            DecodingError.Context(codingPath: decoder.codingPath, debugDescription: refused.text, underlyingError: refused))
    }
}

func encoded(_ text: String, to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
}
