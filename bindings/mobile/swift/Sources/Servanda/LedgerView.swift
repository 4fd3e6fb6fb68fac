/// The entries that a tracker had when the view was taken, as of a day and as known at a moment.
/// Later appends and merges do not change a view.
///
/// ```swift
/// let view = try tracker.view(on: Day(2013, 6, 1))
/// let standing = try view.standing(of: "jp/hague-convention")
/// standing.verdict      // .inProgress
/// ```
///
/// Most questions have a second method that answers as JSON. The library writes the JSON, so its
/// bytes are the same in every language.
public struct LedgerView: Sendable {
    private let raw: RawView

    init(_ raw: RawView) {
        self.raw = raw
    }

    /// The day of the view.
    public var day: Day { raw.day() }

    /// The same view as of another day. A view shows what was true at the end of its day.
    public func on(_ day: Day) throws -> LedgerView {
        try LedgerView(raw.on(day: day))
    }

    /// The same view, with the entries that had been recorded by this moment, inclusive.
    public func known(at moment: Moment) throws -> LedgerView {
        try LedgerView(raw.knownAt(moment: moment))
    }

    /// The same view, with the entries that had been published by the end of this day, here or
    /// elsewhere. An entry without a date of publication counts from the day of its recording.
    public func published(by day: Day) throws -> LedgerView {
        try LedgerView(raw.asPublished(day: day))
    }

    /// The same view, with the names in answers in the first of these languages in which each is
    /// known. Without any of them, a name stays as it is.
    public func inLanguages(_ languages: [String]) throws -> LedgerView {
        try LedgerView(raw.inLanguages(languages: languages))
    }

    /// The same view of a ledger that also has these entries, such as those of
    /// ``Tracker/prepare(_:)``.
    public func with(_ entries: [Entry]) throws -> LedgerView {
        try LedgerView(raw.with(lines: entries.map(\.line)))
    }

    // MARK: One commitment

    /// The standing of a commitment.
    ///
    /// - Throws: ``ServandaError/unknown(code:text:details:)`` with the code `unknown-commitment`
    ///   if it is not registered.
    public func standing(of commitment: Slug) throws -> Standing {
        try raw.standing(commitment: commitment)
    }

    /// The JSON of ``standing(of:)``.
    public func standingJSON(of commitment: Slug) throws -> String {
        try raw.standingJson(commitment: commitment)
    }

    /// The standing of a commitment, with the links of other commitments to it in
    /// ``Standing/linkedFrom``. Of a database, the whole ledger is read.
    public func standingWithLinks(of commitment: Slug) throws -> Standing {
        try raw.standingWithLinks(commitment: commitment)
    }

    /// The JSON of ``standingWithLinks(of:)``.
    public func standingWithLinksJSON(of commitment: Slug) throws -> String {
        try raw.standingWithLinksJson(commitment: commitment)
    }

    /// The id of the commitment that a text names: the id itself, or an identifier as
    /// `SCHEME=VALUE`.
    public func resolve(_ name: String) throws -> Slug {
        try raw.resolve(name: name)
    }

    /// The history of a commitment as a picture of lines of text, for a font in which all characters
    /// are equally wide: steps, clocks, deadlines, corrections, and what lies ahead.
    public func timeline(of commitment: Slug, columns: UInt32 = 40) throws -> String {
        try raw.timeline(commitment: commitment, columns: columns)
    }

    /// The verdicts on the commitments that match the filter, as a bar of text with numbers.
    public func tally(_ filter: Filter = Filter(), columns: UInt32 = 40) throws -> String {
        try raw.tally(filter: filter, columns: columns)
    }

    /// The steps of a commitment so far, starting with the opening: the ``Standing/history`` of its
    /// standing.
    public func history(of commitment: Slug) throws -> [Step] {
        try standing(of: commitment).history
    }

    /// The steps that a commitment can take next, what each step needs, and the running clocks.
    ///
    /// - Parameter status: With this status, ``Outlook/asked`` says whether the step to it is
    ///   possible on the day of the view.
    public func outlook(for commitment: Slug, to status: Slug? = nil) throws -> Outlook {
        try raw.outlook(commitment: commitment, to: status)
    }

    /// The JSON of ``outlook(for:to:)``.
    public func outlookJSON(for commitment: Slug, to status: Slug? = nil) throws -> String {
        try raw.outlookJson(commitment: commitment, to: status)
    }

    /// Why a commitment cannot take the step to a status on the day of the view, or nil if it can.
    public func whyNot(_ commitment: Slug, to status: Slug) throws -> Problem? {
        try raw.whyNot(commitment: commitment, to: status)
    }

    /// Checks whether facts could be appended to the entries of the view.
    ///
    /// - Throws: The error that the append would throw.
    public func check(_ drafts: [Draft]) throws {
        try raw.check(drafts: drafts)
    }

    /// The parts of a commitment, including parts of parts, with counts by phase and verdict.
    public func parts(of commitment: Slug, filter: Filter = Filter()) throws -> Parts {
        try raw.parts(commitment: commitment, filter: filter)
    }

    /// The JSON of ``parts(of:filter:)``.
    public func partsJSON(of commitment: Slug, filter: Filter = Filter()) throws -> String {
        try raw.partsJson(commitment: commitment, filter: filter)
    }

    // MARK: Many commitments

    /// The standings of the commitments that match the filter, in the order of their ids.
    public func standings(_ filter: Filter = Filter()) throws -> [Standing] {
        try raw.standings(filter: filter)
    }

    /// The JSON of ``standings(_:)``.
    public func standingsJSON(_ filter: Filter = Filter()) throws -> String {
        try raw.standingsJson(filter: filter)
    }

    /// The summaries of the commitments that match the filter, which is many times faster than
    /// ``standings(_:)``.
    public func summaries(_ filter: Filter = Filter()) throws -> [Summary] {
        try raw.summaries(filter: filter)
    }

    /// The clocks that fire and the deadlines that end in a span of days.
    public func agenda(from first: Day, through last: Day, filter: Filter = Filter()) throws -> Agenda {
        try raw.agenda(first: first, last: last, filter: filter)
    }

    /// The JSON of ``agenda(from:through:filter:)``.
    public func agendaJSON(from first: Day, through last: Day, filter: Filter = Filter()) throws -> String {
        try raw.agendaJson(first: first, last: last, filter: filter)
    }

    /// The differences from another view.
    public func changes(since before: LedgerView, filter: Filter = Filter()) throws -> Changes {
        try raw.changesSince(before: before.raw, filter: filter)
    }

    /// The JSON of ``changes(since:filter:)``.
    public func changesJSON(since before: LedgerView, filter: Filter = Filter()) throws -> String {
        try raw.changesSinceJson(before: before.raw, filter: filter)
    }

    /// The responsible bodies, with the number of their commitments by phase and verdict.
    public func bodies(_ filter: Filter = Filter()) throws -> Bodies {
        try raw.bodies(filter: filter)
    }

    /// The JSON of ``bodies(_:)``.
    public func bodiesJSON(_ filter: Filter = Filter()) throws -> String {
        try raw.bodiesJson(filter: filter)
    }

    /// The open commitments without an event for at least this many days, the longest first.
    public func stale(forAtLeast days: Int, filter: Filter = Filter()) throws -> [Stale] {
        try raw.stale(atLeastDays: UInt32(clamping: days), filter: filter)
    }

    /// The JSON of ``stale(forAtLeast:filter:)``.
    public func staleJSON(forAtLeast days: Int, filter: Filter = Filter()) throws -> String {
        try raw.staleJson(atLeastDays: UInt32(clamping: days), filter: filter)
    }

    // MARK: The ledger

    /// The entries that match the filter, the most recently recorded first, each with its
    /// retraction. The day of the view does not matter.
    public func log(_ filter: LogFilter = LogFilter()) throws -> [Logged] {
        try raw.log(filter: filter)
    }

    /// The JSON of ``log(_:)``.
    public func logJSON(_ filter: LogFilter = LogFilter()) throws -> String {
        try raw.logJson(filter: filter)
    }

    /// The entries that contradict others, each with the reason.
    public func conflicts() throws -> [Conflict] {
        try raw.conflicts()
    }

    /// The JSON of ``conflicts()``.
    public func conflictsJSON() throws -> String {
        try raw.conflictsJson()
    }

    /// The procedures that the ledger defines.
    public func procedures() throws -> [Procedure] {
        try raw.procedures()
    }

    /// The newest version of a procedure, among those that the ledger defines and the built-in
    /// ones.
    ///
    /// - Throws: ``ServandaError/unknown(code:text:details:)`` with the code `no-procedure` and the
    ///   ids of the known procedures.
    public func procedure(_ id: Slug) throws -> Procedure {
        try raw.procedure(id: id)
    }

    /// The JSON of ``procedures()``.
    public func proceduresJSON() throws -> String {
        try raw.proceduresJson()
    }

    /// The parties that the ledger defines.
    public func parties() throws -> [Party] {
        try raw.parties()
    }

    /// The topics that the ledger defines, with their names.
    public func topics() throws -> [Topic] {
        try raw.topics()
    }

    /// The JSON of ``topics()``.
    public func topicsJSON() throws -> String {
        try raw.topicsJson()
    }

    /// The JSON of ``parties()``.
    public func partiesJSON() throws -> String {
        try raw.partiesJson()
    }
}
