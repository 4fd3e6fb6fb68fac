import Foundation

/// A ledger, the file it is stored in, and the recorder.
///
/// A tracker can be used from any thread and any task. Calls are synchronous: an append returns
/// when the entries are on the disk. Make calls that read or write a file where blocking is
/// allowed, and not on the main actor.
///
/// ```swift
/// let tracker = try Tracker.create(at: folder.appending(path: "desk.db"), recordedBy: "phone")
/// try tracker.append([.register(commitment)])
/// try tracker.append([.advance("jp/hague-convention", to: "submitted", on: Day(2013, 3, 15), sources: [record])])
/// let standing = try tracker.view(on: Day(2013, 6, 1)).standing(of: "jp/hague-convention")
/// ```
///
/// A call that is refused throws a ``ServandaError``. The ledger is closed when the tracker is no
/// longer referenced, or by ``close()``.
public final class Tracker: Sendable {
    private let raw: RawTracker

    private init(_ raw: RawTracker) {
        self.raw = raw
    }

    // MARK: Opening

    /// Creates an empty ledger in memory.
    ///
    /// - Parameter recordedBy: The recorder, such as `phone`.
    /// - Throws: ``ServandaError/invalid(code:text:details:)`` if the recorder is not a slug.
    public static func inMemory(recordedBy: Slug) throws -> Tracker {
        try Tracker(trackerInMemory(recordedBy: recordedBy))
    }

    /// Opens the ledger in a file. The content decides whether it is a SQLite file or a JSON Lines
    /// file.
    ///
    /// - Throws: ``ServandaError/place(code:text:details:)`` if the file cannot be read, and
    ///   ``ServandaError/damaged(code:text:details:)`` if it is not what was written.
    public static func open(at file: URL, recordedBy: Slug) throws -> Tracker {
        try Tracker(openTracker(path: place(file), recordedBy: recordedBy))
    }

    /// Creates an empty ledger: a JSON Lines file if the name ends in `.jsonl`, otherwise a SQLite
    /// file.
    ///
    /// - Throws: ``ServandaError/place(code:text:details:)`` if there is a file already, or it
    ///   cannot be written.
    public static func create(at file: URL, recordedBy: Slug) throws -> Tracker {
        try Tracker(createTracker(path: place(file), recordedBy: recordedBy))
    }

    /// A tracker of the same ledger whose clock always shows this moment, for imports and tests.
    public func at(_ now: Moment) throws -> Tracker {
        try Tracker(raw.atMoment(now: now))
    }

    /// Closes the ledger. Later calls to the tracker and its views throw
    /// ``ServandaError/stopped(code:text:details:)`` with the code `closed`. Calls that are in
    /// progress finish normally. Closing again has no effect.
    public func close() {
        raw.close()
    }

    // MARK: Writing

    /// Appends facts, all or none. When this returns, the entries are on the disk.
    ///
    /// - Parameters:
    ///   - skippingRecorded: Whether to leave out what this recorder has recorded already, so that
    ///     a repeated call changes nothing.
    ///   - sharingIdentifiers: Whether to allow identifiers that other commitments have too.
    /// - Returns: The ids of the new entries in order. Definitions that came along, such as that of
    ///   a built-in procedure, are first.
    /// - Throws: ``ServandaError/refused(code:text:details:)`` if the procedure does not allow a
    ///   fact, with what it would allow.
    @discardableResult
    public func append(
        _ drafts: [Draft], skippingRecorded: Bool = false, sharingIdentifiers: Bool = false
    ) throws -> [EntryId] {
        try raw.append(
            drafts: drafts, skipRecorded: skippingRecorded, shareIdentifiers: sharingIdentifiers)
    }

    /// Appends facts like ``append(_:skippingRecorded:sharingIdentifiers:)``, and returns the new
    /// entries.
    @discardableResult
    public func record(_ drafts: [Draft]) throws -> [Entry] {
        try raw.record(drafts: drafts)
    }

    /// Returns the entries that ``append(_:skippingRecorded:sharingIdentifiers:)`` would write now,
    /// without writing them.
    public func prepare(_ drafts: [Draft]) throws -> [Entry] {
        try raw.prepare(drafts: drafts)
    }

    // MARK: Exchange

    /// Exports the entries that this ledger received since an earlier export, or all entries, for
    /// another tracker to merge.
    ///
    /// An entry may be exported twice, which is harmless.
    ///
    /// - Parameter cursor: The ``Export/cursor`` of the earlier export.
    public func export(since cursor: String? = nil) throws -> Export {
        try raw.exportSince(cursor: cursor)
    }

    /// Merges entries of another ledger, all or none. Entries that contradict each other are kept
    /// and reported as conflicts.
    ///
    /// - Returns: How many entries were new.
    @discardableResult
    public func merge(_ entries: [Entry]) throws -> Int {
        try merge(lines: entries.map(\.line))
    }

    /// Merges entries given as lines, like ``merge(_:)``.
    @discardableResult
    public func merge(lines: [String]) throws -> Int {
        try Int(raw.merge(lines: lines))
    }

    /// Reads what other programs have written to the file. Returns whether there was anything.
    @discardableResult
    public func refresh() throws -> Bool {
        try raw.refresh()
    }

    /// The digest of the ledger. Two ledgers with the same digest have the same entries.
    public func digest() throws -> DigestText {
        try raw.digest()
    }

    // MARK: Asking

    /// A view of the entries that the tracker has now.
    ///
    /// - Parameters:
    ///   - day: The day of the view. The default is today.
    ///   - moment: The view has only the entries that were recorded by this moment, inclusive. The
    ///     default is all entries.
    ///   - published: The view has only the entries that were published by the end of this day, here
    ///     or elsewhere. An entry without a date of publication counts from the day of its recording.
    ///   - languages: The languages of names in answers, the preferred one first.
    public func view(
        on day: Day? = nil, knownAt moment: Moment? = nil, asPublished published: Day? = nil,
        inLanguages languages: [String] = []
    ) throws -> LedgerView {
        var view = try raw.view()
        if let day { view = try view.on(day: day) }
        if let moment { view = try view.knownAt(moment: moment) }
        if let published { view = try view.asPublished(day: published) }
        if !languages.isEmpty { view = try view.inLanguages(languages: languages) }
        return LedgerView(view)
    }

    /// All entries.
    public func entries() throws -> [Entry] {
        try raw.entries()
    }

    /// The entries whose ids start with this text, such as `sha256:0b3f`.
    public func entries(like start: String) throws -> [Entry] {
        try raw.entriesLike(start: start)
    }

    /// Reads the whole ledger again and checks every line.
    ///
    /// - Returns: The number of entries.
    /// - Throws: ``ServandaError/damaged(code:text:details:)`` with every mistake.
    @discardableResult
    public func verify() throws -> Int {
        try Int(raw.verify())
    }

    // MARK: Observing

    /// Calls the callback with new entries, until the observer is stopped or no longer referenced.
    ///
    /// The calls come after the entries are on the disk, one after the other, in the order of the
    /// entries, on the thread that appended, merged or refreshed. The callback may ask, append, and
    /// stop its own observer. Errors that it throws are ignored.
    public func observe(_ callback: @escaping @Sendable (LedgerChange) throws -> Void) throws -> Observer {
        try Observer(raw.observe(listener: Listener(callback)))
    }

    /// The new entries from now on, until the waiting task is cancelled or the tracker is closed.
    ///
    /// ```swift
    /// for await change in try tracker.changes() {
    ///     model.update(change.standings)
    /// }
    /// ```
    ///
    /// - Parameter bufferingPolicy: Which changes are kept while no task waits for them. The
    ///   default keeps all.
    public func changes(
        bufferingPolicy: AsyncStream<LedgerChange>.Continuation.BufferingPolicy = .unbounded
    ) throws -> AsyncStream<LedgerChange> {
        let (stream, continuation) = AsyncStream.makeStream(of: LedgerChange.self, bufferingPolicy: bufferingPolicy)
        let listener = Listener { _ = continuation.yield($0) } onEnd: { continuation.finish() }
        let observer = try raw.observe(listener: listener)
        continuation.onTermination = { _ in observer.stop() }
        return stream
    }

    /// Does nothing, so that a benchmark can measure what any call costs.
    @_spi(Benchmark)
    public func nothing() {
        raw.nothing()
    }
}

/// The path of a file URL. Other URLs are passed on as they are, and the library refuses them.
private func place(_ file: URL) -> String {
    file.isFileURL ? file.path : file.absoluteString
}
