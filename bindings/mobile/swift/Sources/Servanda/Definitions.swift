extension Procedure {
    /// The built-in procedures.
    public static var builtIn: [Procedure] { builtinProcedures() }

    /// The built-in procedure with this id, such as `diet-treaty-approval`.
    ///
    /// - Throws: ``ServandaError/unknown(code:text:details:)`` with the code `no-procedure` and the
    ///   ids of the built-in procedures.
    public static func builtIn(_ id: Slug) throws -> Procedure {
        try builtinProcedure(id: id)
    }

    /// Reads a procedure from TOML.
    ///
    /// - Parameters:
    ///   - toml: The text.
    ///   - file: The name of the text in error messages.
    /// - Throws: ``ServandaError/invalid(code:text:details:)`` with every mistake and its line.
    public init(toml: String, file: String = "procedure.toml") throws {
        self = try procedureFromToml(file: file, text: toml)
    }

    /// The canonical JSON, from which the digest is computed.
    public func json() throws -> String {
        try procedureJson(procedure: self)
    }

    /// The id, version and digest, by which a commitment refers to the procedure.
    public func reference() throws -> ProcedureRef {
        try procedureRef(procedure: self)
    }
}

extension ProcedureCalendar {
    /// The built-in calendar: the sessions of the Diet of Japan.
    public static var dietOfJapan: ProcedureCalendar { builtinCalendar() }

    /// Reads a calendar from TOML.
    ///
    /// - Parameters:
    ///   - toml: The text.
    ///   - file: The name of the text in error messages.
    public init(toml: String, file: String = "calendar.toml") throws {
        self = try calendarFromToml(file: file, text: toml)
    }
}

extension ProcedureCalendar {
    /// The canonical JSON.
    public func json() throws -> String {
        try calendarJson(calendar: self)
    }
}

extension ClockRule {
    /// The rule of a built-in treaty: `cptpp`, `hague-1980`, `paris` or `tpp`.
    public static func ofTreaty(_ id: Slug) throws -> ClockRule {
        try builtinTreaty(id: id)
    }

    /// Reads the rule of a treaty from TOML.
    ///
    /// - Parameters:
    ///   - toml: The text.
    ///   - file: The name of the text in error messages.
    public init(treatyTOML toml: String, file: String = "treaty.toml") throws {
        self = try treatyFromToml(file: file, text: toml)
    }
}

extension Commitment {
    /// Reads a commitment from TOML. It can name its procedure by the id, if the procedure is built
    /// in or among `procedures`.
    ///
    /// - Parameters:
    ///   - toml: The text.
    ///   - file: The name of the text in error messages.
    ///   - procedures: Procedures that are not built in.
    public init(toml: String, file: String = "commitment.toml", procedures: [Procedure] = []) throws {
        self = try commitmentFromToml(file: file, text: toml, procedures: procedures)
    }
}

extension Commitment {
    /// The canonical JSON, as an entry has it: without the id.
    public func json() throws -> String {
        try commitmentJson(commitment: self)
    }
}

extension Entry {
    /// Reads a line of a ledger.
    ///
    /// - Throws: ``ServandaError/damaged(code:text:details:)`` with the code `wrong-id` if the line
    ///   was changed after it was written, or another error if it is not an entry.
    public init(line: String) throws {
        self = try readEntry(line: line)
    }

    /// The fact that the entry records.
    public func fact() throws -> Fact {
        try readFact(line: line)
    }
}
