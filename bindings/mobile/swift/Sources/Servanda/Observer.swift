/// A callback that is called with new entries. It ends when it is stopped or no longer referenced.
public final class Observer: Sendable {
    private let raw: RawObserver

    init(_ raw: RawObserver) {
        self.raw = raw
    }

    /// Ends the calls. It does not wait for a call that is in progress on another thread.
    public func stop() {
        raw.stop()
    }
}

/// Passes changes on to a callback. The library releases it when there are no more changes, which
/// runs `onEnd`.
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
