extension ValueType {
    /// Reads a text as a value of this type, as a form may want to before anything is recorded, and writes it again.
    ///
    /// ```swift
    /// try ValueType.slug.check("jp/hague-convention")
    /// ```
    ///
    /// - Throws: ``ServandaError/invalid(code:text:details:)`` with what is wrong with it.
    @discardableResult
    public func check(_ text: String) throws -> String {
        try readValue(valueType: self, text: text)
    }
}

extension Phase: CustomStringConvertible {
    /// The word for it in JSON and TOML, such as `superseded`.
    public var description: String {
        switch self {
        case .planned: "planned"
        case .active: "active"
        case .stalled: "stalled"
        case .achieved: "achieved"
        case .failed: "failed"
        case .superseded: "superseded"
        }
    }
}

extension Verdict: CustomStringConvertible {
    /// The word for it in JSON, such as `in-progress`.
    public var description: String {
        switch self {
        case .pending: "pending"
        case .inProgress: "in-progress"
        case .stalled: "stalled"
        case .overdue: "overdue"
        case .kept: "kept"
        case .keptLate: "kept-late"
        case .broken: "broken"
        case .unfulfilled: "unfulfilled"
        case .released: "released"
        case .holding: "holding"
        }
    }
}

extension Obligation: CustomStringConvertible {
    /// The word for it in JSON and TOML, such as `conduct`.
    public var description: String {
        switch self {
        case .result: "result"
        case .conduct: "conduct"
        case .consideration: "consideration"
        case .position: "position"
        }
    }
}

extension Relation: CustomStringConvertible {
    /// The word for it in JSON, such as `successor`.
    public var description: String {
        switch self {
        case .successor: "successor"
        case .related: "related"
        }
    }
}
