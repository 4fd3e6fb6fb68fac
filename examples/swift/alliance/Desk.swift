import Servanda

/// The desk that keeps the ledger.
///
/// The story is told topic by topic, but a ledger is written in the order of time: nothing can be recorded before what it already
/// holds. So the desk first collects everything, and then writes it down day after day.
final class Desk {
    /// What the desk is going to write down, each with the moment at which it does.
    private var notes: [(at: Moment, drafts: [Draft])] = []

    /// Takes note of what has no day of its own, such as a definition, on the day on which it became known.
    func take(on day: String, _ drafts: [Draft]) throws {
        notes.append((try morning(after: date(day).lastDay), drafts))
    }

    /// Registers a commitment. One that is not a piece of a larger one also says how its times of recording came about.
    func register(on day: String, _ commitment: Commitment) throws {
        let explanation = try Draft.remark(commitment.id, madeUp, on: date(day).lastDay, note: how)
        try take(on: day, [.register(commitment)] + (commitment.partOf == nil ? [explanation] : []))
    }

    func advance(_ id: String, to status: String, on day: String, _ sources: Source..., note: String? = nil) throws {
        try take(on: day, [.advance(id, to: status, on: date(day), sources: sources, note: note)])
    }

    func remark(_ id: String, _ title: String, on day: String, _ sources: Source..., note: String? = nil) throws {
        try take(on: day, [.remark(id, title, on: date(day), sources: sources, note: note)])
    }

    func deposit(
        _ id: String, by party: String, on day: String, sources: [Source], instrument: String, note: String? = nil
    ) throws {
        let draft = try Draft.deposit(
            id, by: party, instrument: instrument, on: date(day), sources: sources, note: note)
        try take(on: day, [draft])
    }

    /// The record of a house of the Diet is complete.
    func attest(_ id: String, on day: String, _ record: Source) throws {
        let note = "The record of the House has every step through both houses."
        try take(on: day, [.attest(id, on: date(day), sources: [record], note: note)])
    }

    func succeed(_ id: String, by successor: String, on day: String, _ source: Source) throws {
        try take(on: day, [.link(id, to: successor, as: .successor, on: date(day), sources: [source])])
    }

    /// Writes everything down, in the order of time. What has the same moment keeps the order of the story.
    func writeDown() throws -> Tracker {
        let tracker = Tracker.inMemory(recordedBy: "desk")
        let inOrder = notes.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        for (moment, drafts) in inOrder.map(\.element) {
            try tracker.at(moment).append(drafts)
        }
        return tracker
    }
}

private let madeUp = "Times of recording are made up"

private let how = """
    This ledger is an example, put together years later. Its times of recording are made up by a rule: the desk \
    writes at 09:00 UTC on the day after an act, or after the last day of the month or year where no day is known, \
    each entry a microsecond after the one before. It began on 19 January 2013, and entered on that day whatever had \
    happened earlier.
    """

/// A date such as `2013-03-15` or `2013-08`.
private func date(_ text: String) throws -> PartialDate {
    guard let date = PartialDate(text) else { throw NoDate(text: text) }
    return date
}

private struct NoDate: Error {
    let text: String
}

/// The moment at which the desk writes down what happened on a day.
private func morning(after happened: Day) throws -> Moment {
    // The first day on which the desk wrote anything down.
    let first = try Day(2013, 1, 19)
    let day = max(happened.adding(days: 1) ?? happened, first)
    guard let moment = Moment("\(day)T09:00:00.000000Z") else { throw NoDate(text: day.description) }
    return moment
}
