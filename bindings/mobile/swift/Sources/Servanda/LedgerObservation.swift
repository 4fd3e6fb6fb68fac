/// What ``Tracker/observe(_:)`` began. It ends when it is stopped, or let go of.
public final class LedgerObservation: Sendable {
    private let raw: RawObserver

    init(_ raw: RawObserver) {
        self.raw = raw
    }

    /// Ends it. A call that is under way on another thread is not waited for.
    public func stop() {
        raw.stop()
    }
}

/// Hands on what the library tells, and knows when it will tell no more: then the library lets go of it.
final class Listener: RawListener {
    private let callback: @Sendable (LedgerChange) throws -> Void
    private let onEnd: (@Sendable () -> Void)?

    init(_ callback: @escaping @Sendable (LedgerChange) throws -> Void, onEnd: (@Sendable () -> Void)? = nil) {
        self.callback = callback
        self.onEnd = onEnd
    }

    deinit {
        onEnd?()
    }

    func changed(change: LedgerChange) throws {
        try callback(change)
    }
}
