import Foundation

/// `localizedDescription` is the ``ServandaError/text``.
extension ServandaError: LocalizedError, CustomStringConvertible {
    /// The stable code, such as `illegal-step`, for programs.
    public var code: String { parts.code }

    /// The message for people: what was tried, why it was refused, and what would be accepted.
    public var text: String { parts.text }

    /// The data, as a JSON object.
    public var details: String { parts.details }

    /// The ``text``.
    public var errorDescription: String? { text }

    /// The ``text``.
    public var description: String { text }

    private var parts: (code: String, text: String, details: String) {
        switch self {
        case .invalid(let code, let text, let details): (code, text, details)
        case .unknown(let code, let text, let details): (code, text, details)
        case .refused(let code, let text, let details): (code, text, details)
        case .damaged(let code, let text, let details): (code, text, details)
        case .place(let code, let text, let details): (code, text, details)
        case .stopped(let code, let text, let details): (code, text, details)
        }
    }
}
