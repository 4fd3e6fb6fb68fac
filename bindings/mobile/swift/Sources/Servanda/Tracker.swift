import Foundation

/// A ledger, the place where it is kept, and who records.
///
/// A tracker can be used from any thread and any task. Its calls do what they say before they return: one that appends waits until
/// the entries are on the disk, so make it where waiting is allowed, and not on the main actor.
///
/// ```swift
/// let tracker = try Tracker.create(at: folder.appending(path: "desk.db"), recordedBy: "phone")
/// try tracker.append([.register(commitment)])
/// try tracker.append([.advance("jp/hague-convention", to: "submitted", on: Day(2013, 3, 15), sources: [record])])
/// let standing = try tracker.view(on: Day(2013, 6, 1)).standing(of: "jp/hague-convention")
/// ```
///
/// Whatever it refuses it refuses with a ``ServandaError``. It lets go of the ledger when nothing refers to it any more; ``close()`` does
/// so at once.
public final class Tracker: Sendable {
    private let raw: RawTracker

    private init(_ raw: RawTracker) {
        self.raw = raw
    }

    // MARK: Opening

    /// An empty ledger in memory.
    ///
    /// - Parameter recordedBy: Who writes, such as `phone`; if it is not well-formed, appending says so.
    public static func inMemory(recordedBy: Slug) -> Tracker {
        Tracker(trackerInMemory(recordedBy: recordedBy))
    }

    /// Opens the ledger in a file: SQLite or JSON Lines, as its content says.
    ///
    /// - Throws: ``ServandaError/place(code:text:details:)`` if it cannot be read, and ``ServandaError/damaged(code:text:details:)`` if what
    ///   is there is not what was written.
    public static func open(at file: URL, recordedBy: Slug) throws -> Tracker {
        try Tracker(openTracker(path: place(file), recordedBy: recordedBy))
    }

    /// Creates an empty ledger: a file of JSON Lines if its name ends in `.jsonl`, and else a SQLite file.
    ///
    /// - Throws: ``ServandaError/place(code:text:details:)`` if there is something already, or nothing can be written there.
    public static func create(at file: URL, recordedBy: Slug) throws -> Tracker {
        try Tracker(createTracker(path: place(file), recordedBy: recordedBy))
    }

    /// The same ledger, for which it is always this moment: for imports and for tests.
    public func at(_ now: Moment) throws -> Tracker {
        try Tracker(raw.atMoment(now: now))
    }

    /// Lets go of the ledger. Whatever is asked of it afterwards, and of its views, is answered with
    /// ``ServandaError/stopped(code:text:details:)`` and the code `closed`; calls that are under way end as usual. To close it
    /// again does nothing.
    public func close() {
        raw.close()
    }

    // MARK: Writing

    /// Appends facts: all of them, or none. When this returns, they are on the disk.
    ///
    /// - Returns: The ids of the new entries in order, those of what was brought along first, such as a built-in procedure.
    /// - Throws: ``ServandaError/refused(code:text:details:)`` for what the procedure does not allow, with what it would allow.
    @discardableResult
    public func append(_ drafts: [Draft]) throws -> [EntryId] {
        try raw.append(drafts: drafts)
    }

    /// Appends facts as ``append(_:)`` does, and gives back the new entries.
    @discardableResult
    public func record(_ drafts: [Draft]) throws -> [Entry] {
        try raw.record(drafts: drafts)
    }

    /// The entries that ``append(_:)`` would append now; nothing is written.
    public func prepare(_ drafts: [Draft]) throws -> [Entry] {
        try raw.prepare(drafts: drafts)
    }

    // MARK: Exchange

    /// What has come to this ledger since an earlier export, for another tracker to merge; everything if there was none.
    ///
    /// Entries may be given out again, which does no harm.
    ///
    /// - Parameter cursor: The ``Export/cursor`` of the earlier export.
    public func export(since cursor: String? = nil) throws -> Export {
        try raw.exportSince(cursor: cursor)
    }

    /// Takes in entries from elsewhere: all of them, or none if it fails. What does not fit together is kept, and shown as conflicts.
    ///
    /// - Returns: How many were new.
    @discardableResult
    public func merge(_ entries: [Entry]) throws -> Int {
        try merge(lines: entries.map(\.line))
    }

    /// Takes in entries by their lines, as ``merge(_:)`` does.
    @discardableResult
    public func merge(lines: [String]) throws -> Int {
        try Int(raw.merge(lines: lines))
    }

    /// Takes in what others have written to the same place, and says whether there was anything.
    @discardableResult
    public func refresh() throws -> Bool {
        try raw.refresh()
    }

    /// The digest of the ledger. Two trackers with the same digest hold the same entries.
    public func digest() throws -> DigestText {
        try raw.digest()
    }

    // MARK: Asking

    /// What the ledger says of a day, as known at a moment.
    ///
    /// - Parameters:
    ///   - day: What was the case at the end of this day; today if none is given.
    ///   - moment: As had been written down by this moment, the moment itself included; all that the tracker holds now if
    ///     none is given.
    public func view(on day: Day? = nil, knownAt moment: Moment? = nil) throws -> LedgerView {
        var view = try raw.view()
        if let day { view = try view.on(day: day) }
        if let moment { view = try view.knownAt(moment: moment) }
        return LedgerView(view)
    }

    /// All entries.
    public func entries() throws -> [Entry] {
        try raw.entries()
    }

    /// The entries whose ids begin with these characters, such as `sha256:0b3f`.
    public func entries(like start: String) throws -> [Entry] {
        try raw.entriesLike(start: start)
    }

    /// Reads the whole ledger at its place, and checks every line.
    ///
    /// - Returns: How many entries there are.
    /// - Throws: ``ServandaError/damaged(code:text:details:)`` with everything that is wrong.
    @discardableResult
    public func verify() throws -> Int {
        try Int(raw.verify())
    }

    // MARK: Hearing what is new

    /// Calls back when there are new entries, until the observation is stopped or let go of.
    ///
    /// The calls come after the entries are on the disk, in the order in which they came, one after the other, on a thread that appended,
    /// merged or refreshed. The callback may ask, append, and stop its own observation. What it throws is let go: what is observed has
    /// happened.
    public func observe(_ callback: @escaping @Sendable (LedgerChange) throws -> Void) throws -> LedgerObservation {
        try LedgerObservation(raw.observe(listener: Listener(callback)))
    }

    /// What is new from now on, until the task that waits for it is cancelled or the tracker is closed.
    ///
    /// ```swift
    /// for await change in try tracker.changes() {
    ///     model.update(change.standings)
    /// }
    /// ```
    ///
    /// - Parameter bufferingPolicy: What becomes of changes for which nobody waits just then; all are kept if nothing else is said.
    public func changes(
        bufferingPolicy: AsyncStream<LedgerChange>.Continuation.BufferingPolicy = .unbounded
    ) throws -> AsyncStream<LedgerChange> {
        let (stream, continuation) = AsyncStream.makeStream(of: LedgerChange.self, bufferingPolicy: bufferingPolicy)
        let listener = Listener { _ = continuation.yield($0) } onEnd: { continuation.finish() }
        let observer = try raw.observe(listener: listener)
        continuation.onTermination = { _ in observer.stop() }
        return stream
    }

    /// Does nothing, as any call does it: a benchmark's floor.
    @_spi(Benchmark)
    public func nothing() {
        raw.nothing()
    }
}

/// A place as the library reads it: what is no file is not looked for among files.
private func place(_ file: URL) -> String {
    file.isFileURL ? file.path : file.absoluteString
}
