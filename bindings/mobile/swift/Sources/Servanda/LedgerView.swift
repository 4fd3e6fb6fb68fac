/// What a tracker held when the view was taken, as of a day and as of a moment. Later appends and merges do not change it.
///
/// ```swift
/// let view = try tracker.view(on: Day(2013, 6, 1))
/// let standing = try view.standing(of: "jp/hague-convention")
/// standing.verdict      // .inProgress
/// ```
///
/// Each question has a counterpart that answers as JSON. That is made by the library, and the same in every language, byte for byte.
public struct LedgerView: Sendable {
    private let raw: RawView

    init(_ raw: RawView) {
        self.raw = raw
    }

    /// The day the view is of.
    public var day: Day { raw.day() }

    /// The same view of another day: what was the case at its end.
    public func on(_ day: Day) throws -> LedgerView {
        try LedgerView(raw.on(day: day))
    }

    /// The same view of what had been written down by this moment, the moment itself included.
    public func known(at moment: Moment) throws -> LedgerView {
        try LedgerView(raw.knownAt(moment: moment))
    }

    /// The same view of a ledger that has these entries too, such as those of ``Tracker/prepare(_:)``.
    public func with(_ entries: [Entry]) throws -> LedgerView {
        try LedgerView(raw.with(lines: entries.map(\.line)))
    }

    // MARK: One commitment

    /// Where a commitment stands.
    ///
    /// - Throws: ``ServandaError/unknown(code:text:details:)`` with the code `unknown-commitment` if there is none.
    public func standing(of commitment: Slug) throws -> Standing {
        try raw.standing(commitment: commitment)
    }

    /// The JSON of ``standing(of:)``.
    public func standingJSON(of commitment: Slug) throws -> String {
        try raw.standingJson(commitment: commitment)
    }

    /// The steps that led to where a commitment stands, the opening first: the ``Standing/history`` of its standing.
    public func history(of commitment: Slug) throws -> [Step] {
        try standing(of: commitment).history
    }

    /// What can happen next to a commitment, what each step still needs, and which clocks run.
    ///
    /// - Parameter status: A status to ask about in particular: whether the step to it can be taken on the day of the view, and if
    ///   not, why not.
    public func next(for commitment: Slug, to status: Slug? = nil) throws -> Outlook {
        try raw.next(commitment: commitment, to: status)
    }

    /// The JSON of ``next(for:to:)``.
    public func nextJSON(for commitment: Slug, to status: Slug? = nil) throws -> String {
        try raw.nextJson(commitment: commitment, to: status)
    }

    /// Why a commitment cannot take the step to a status on the day of the view; nothing if it can.
    public func whyNot(_ commitment: Slug, to status: Slug) throws -> Problem? {
        try raw.whyNot(commitment: commitment, to: status)
    }

    /// Whether facts could be appended to what the view shows.
    ///
    /// - Throws: That with which an append would be refused.
    public func check(_ drafts: [Draft]) throws {
        try raw.check(drafts: drafts)
    }

    /// The parts of a commitment, with their parts, and how many are in each phase and have each verdict.
    public func parts(of commitment: Slug, filter: Filter = Filter()) throws -> Parts {
        try raw.parts(commitment: commitment, filter: filter)
    }

    /// The JSON of ``parts(of:filter:)``.
    public func partsJSON(of commitment: Slug, filter: Filter = Filter()) throws -> String {
        try raw.partsJson(commitment: commitment, filter: filter)
    }

    // MARK: Many commitments

    /// Where the commitments that fit stand, in the order of their ids.
    public func standings(_ filter: Filter = Filter()) throws -> [Standing] {
        try raw.standings(filter: filter)
    }

    /// The JSON of ``standings(_:)``.
    public func standingsJSON(_ filter: Filter = Filter()) throws -> String {
        try raw.standingsJson(filter: filter)
    }

    /// Where all commitments stand, in brief: many times quicker than their standings.
    public func briefs() throws -> [Brief] {
        try raw.briefs()
    }

    /// What lies ahead within a span of days: clocks that fire and deadlines that end.
    public func agenda(from first: Day, through last: Day, filter: Filter = Filter()) throws -> Agenda {
        try raw.agenda(first: first, last: last, filter: filter)
    }

    /// The JSON of ``agenda(from:through:filter:)``.
    public func agendaJSON(from first: Day, through last: Day, filter: Filter = Filter()) throws -> String {
        try raw.agendaJson(first: first, last: last, filter: filter)
    }

    /// What differs from another view.
    public func changes(since before: LedgerView, filter: Filter = Filter()) throws -> Changes {
        try raw.changesSince(before: before.raw, filter: filter)
    }

    /// The JSON of ``changes(since:filter:)``.
    public func changesJSON(since before: LedgerView, filter: Filter = Filter()) throws -> String {
        try raw.changesSinceJson(before: before.raw, filter: filter)
    }

    /// The commitments about which nothing has happened for so many days, though they are not done with; the longest silence first.
    public func stale(forAtLeast days: Int, filter: Filter = Filter()) throws -> [Stale] {
        try raw.stale(atLeastDays: UInt32(clamping: days), filter: filter)
    }

    /// The JSON of ``stale(forAtLeast:filter:)``.
    public func staleJSON(forAtLeast days: Int, filter: Filter = Filter()) throws -> String {
        try raw.staleJson(atLeastDays: UInt32(clamping: days), filter: filter)
    }

    // MARK: The ledger itself

    /// The entries that do not fit together, each with the reason.
    public func conflicts() throws -> [Conflict] {
        try raw.conflicts()
    }

    /// The JSON of ``conflicts()``.
    public func conflictsJSON() throws -> String {
        try raw.conflictsJson()
    }

    /// The procedures that are defined.
    public func procedures() throws -> [Procedure] {
        try raw.procedures()
    }

    /// The newest version of a procedure, of those that are defined and those that come with the library.
    ///
    /// - Throws: ``ServandaError/unknown(code:text:details:)`` with the code `no-procedure`, and those that there are.
    public func procedure(_ id: Slug) throws -> Procedure {
        try raw.procedure(id: id)
    }

    /// The JSON of ``procedures()``.
    public func proceduresJSON() throws -> String {
        try raw.proceduresJson()
    }

    /// The parties that are defined.
    public func parties() throws -> [Party] {
        try raw.parties()
    }

    /// The JSON of ``parties()``.
    public func partiesJSON() throws -> String {
        try raw.partiesJson()
    }
}
