import Foundation
import Testing

@testable import Servanda

@Suite struct DayTests {
    @Test func aDayIsWrittenAsInISO8601() throws {
        for text in ["0001-01-01", "0987-06-05", "2013-03-15", "2016-02-29", "9999-12-31"] {
            let day = try #require(Day(text))
            #expect(day.description == text)
            #expect(try Day(day.year, day.month, day.day) == day)
        }
    }

    @Test(arguments: ["", "2013", "2013-3-15", "2013-02-29", "2013-13-01", "2013-03-15T00:00:00Z", "10000-01-01", "٢٠١٣-٠٣-١٥"])
    func anotherTextIsNotADay(_ text: String) {
        #expect(Day(text) == nil)
    }

    @Test func aDayThatDoesNotExistIsRefused() {
        #expect(
            refusal { try Day(2013, 2, 29) }
                == Refusal("invalid", "invalid-day", #""2013-02-29" is not a day: 2013-02 has 28 days"#))
        for (year, month, day) in [(0, 1, 1), (10_000, 1, 1), (2013, 0, 1), (2013, 1, 0), (-5, 1, 1), (.max, .min, .max)] {
            #expect(refusal { try Day(year, month, day) }?.code == "invalid-day")
        }
    }

    @Test func daysAreOrderedByTime() throws {
        let texts = ["2013-12-31", "2013-02-10", "0999-12-31", "2013-02-09"]
        #expect(try texts.map { try #require(Day($0)) }.sorted().map(\.description) == texts.sorted())
    }

    @Test func aDayIsCodedAsText() throws {
        let day = try Day(2013, 3, 15)
        #expect(try String(decoding: JSONEncoder().encode(["on": day]), as: UTF8.self) == #"{"on":"2013-03-15"}"#)
        #expect(try JSONDecoder().decode([Day].self, from: Data(#"["2013-03-15"]"#.utf8)) == [day])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Day].self, from: Data(#"["2013-02-29"]"#.utf8)) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Day].self, from: Data("[20130315]".utf8)) }
    }

    @Test func theDayOfAMomentDependsOnTheTimeZone() throws {
        let moment = Date(timeIntervalSince1970: 1_363_359_600)  // 2013-03-15T15:00:00Z
        let (tokyo, washington) = (try #require(TimeZone(identifier: "Asia/Tokyo")), try #require(TimeZone(identifier: "America/New_York")))
        #expect(try Day(of: moment, in: tokyo) == Day(2013, 3, 16))
        #expect(try Day(of: moment, in: washington) == Day(2013, 3, 15))
        #expect(try Day(2013, 3, 16).start(in: tokyo) == moment)
        #expect(refusal { try Day(of: .distantPast.addingTimeInterval(-1e9)) }?.code == "invalid-day")
    }

    @Test func daysAreCountedByTheGregorianCalendar() throws {
        let calendar = gregorian(in: .gmt)
        let first = try Day(1898, 1, 1)
        let start = try #require(first.start(in: .gmt))
        for count in stride(from: 0, through: 90_000, by: 7) {
            let moved = try #require(calendar.date(byAdding: .day, value: count, to: start))
            let day = try #require(first.adding(days: count))
            #expect(try day == Day(of: moved, in: .gmt))
            #expect(first.days(until: day) == count && day.days(until: first) == -count)
        }
        let (earliest, latest) = (try Day(1, 1, 1), try Day(9999, 12, 31))
        #expect(earliest.adding(days: earliest.days(until: latest)) == latest)
        for (day, days) in [(earliest, -1), (latest, 1), (latest, .max), (earliest, .min)] {
            #expect(day.adding(days: days) == nil)
        }
    }
}

@Suite struct PartialDateTests {
    @Test func aDateCanBeADayAMonthOrAYear() throws {
        for (text, year, month, day) in [("2013", 2013, nil, nil), ("2013-02", 2013, 2, nil), ("2013-02-28", 2013, 2, 28)] {
            let date = try #require(PartialDate(text))
            #expect((date.year, date.month, date.day) == (year, month, day))
            #expect(date.description == text)
            #expect(try PartialDate(year, month, day) == date)
            #expect(try JSONDecoder().decode(PartialDate.self, from: JSONEncoder().encode(date)) == date)
        }
        #expect(refusal { try PartialDate(2013, 13) }?.kind == "invalid")
        #expect(PartialDate("2013-00") == nil)
    }

    @Test func aDateCanBeOneUnknownDayOfARange() throws {
        let (first, last) = (try Day(2013, 2, 10), try Day(2013, 2, 14))
        let range = try PartialDate(from: first, through: last)
        #expect(range.description == "[2013-02-10..2013-02-14]")
        #expect((range.firstDay, range.lastDay) == (first, last))
        #expect((range.year, range.month, range.day) == (2013, 2, nil))
        #expect(range.asDay == nil)
        #expect(try JSONDecoder().decode(PartialDate.self, from: JSONEncoder().encode(range)) == range)
        let night = try #require(PartialDate("[2012-12-31..2013-01-01]"))
        #expect((night.year, night.month, night.day) == (nil, nil, nil))
        let month = try #require(PartialDate("[2013-02-01..2013-02-28]"))
        #expect(month.description == "[2013-02-01..2013-02-28]")
        #expect(try month != PartialDate(2013, 2))
        #expect(try PartialDate(from: Day(2013, 2, 1), through: Day(2013, 2, 28)) == PartialDate(2013, 2))
        #expect(try PartialDate(from: first, through: first) == PartialDate(first))
        #expect(refusal { try PartialDate(from: last, through: first) }?.code == "invalid-date")
        #expect(refusal { try PartialDate(from: Day(1800, 1, 1), through: last) }?.code == "invalid-date")
        #expect(PartialDate("[2013-02-14..2013-02-10]") == nil)
    }

    @Test func theDaysAreTheSameAsInTheLibrary() throws {
        for year in [1, 1899, 1900, 2000, 2012, 2013, 9999] {
            for month in [nil] + (1...12).map(Int?.some) {
                let date = try PartialDate(year, month)
                #expect(try (date.firstDay, date.lastDay) == (firstDay(date: date), lastDay(date: date)))
            }
        }
        for text in ["[2012-02-27..2012-03-02]", "[1900-01-01..2079-06-06]"] {
            let date = try #require(PartialDate(text))
            #expect(try (date.firstDay, date.lastDay) == (firstDay(date: date), lastDay(date: date)))
        }
        #expect(try PartialDate(Day(2013, 3, 15)).lastDay == Day(2013, 3, 15))
        #expect(try PartialDate(Day(2013, 3, 15)).asDay == Day(2013, 3, 15))
        #expect(try PartialDate(2013, 3).asDay == nil)
    }
}

@Suite struct MomentTests {
    @Test(arguments: [
        "0001-01-01T00:00:00.000000Z", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00.000000Z",
        "2013-03-16T01:02:03.000456Z", "2137-01-01T00:00:00.000001Z", "9999-12-31T23:59:59.999999Z",
    ])
    func aMomentIsWrittenToTheMicrosecond(_ text: String) throws {
        let moment = try #require(Moment(text))
        #expect(moment.description == text)
        #expect(try Moment(microseconds: moment.microseconds) == moment)
        #expect(try JSONDecoder().decode(Moment.self, from: JSONEncoder().encode(moment)) == moment)
    }

    @Test func aMomentSurvivesConversionToDate() throws {
        for text in ["1865-01-01T00:00:00.000001Z", "2013-03-16T01:02:03.000457Z", "2137-01-01T00:00:00.999999Z"] {
            let moment = try #require(Moment(text))
            for step in Int64(0)..<1000 {
                let moment = try Moment(microseconds: moment.microseconds + step)
                #expect(try Moment(Date(moment)) == moment)
            }
        }
    }

    @Test func aMomentOutsideTheYearsIsRefused() {
        #expect(refusal { try Moment(microseconds: .max) }?.code == "invalid-moment")
        #expect(refusal { try Moment(microseconds: .min) }?.code == "invalid-moment")
        for interval in [Double.infinity, -.infinity, .nan, 1e30, -1e30, 9.2e12, -9.2e12] {
            #expect(refusal { try Moment(Date(timeIntervalSinceReferenceDate: interval)) }?.code == "invalid-moment")
        }
    }

    @Test func aViewAtTheMomentOfAnEntryHasItAndNoLaterOne() throws {
        let tracker = try Sample.tracker()
        let entries = try tracker.record([
            Sample.step(to: "under-way", on: Day(2020, 2, 1)), Sample.step(to: "done", on: Day(2020, 3, 1)),
        ])
        try tracker.append([Sample.step(to: "under-way", on: Day(2020, 4, 1))])
        let known = entries[1].recordedAt
        for moment in [known, try Moment(Date(known))] {
            let standing = try tracker.view(on: Day(2021, 1, 1), knownAt: moment).standing(of: "xx/one")
            #expect(standing.status == "done")
            #expect(standing.knownAt == known)
        }
        let before = try Moment(microseconds: known.microseconds - 1)
        #expect(try tracker.view(on: Day(2021, 1, 1), knownAt: before).standing(of: "xx/one").status != "done")
    }
}
