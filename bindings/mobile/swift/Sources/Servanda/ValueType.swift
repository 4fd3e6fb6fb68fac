extension ValueType {
    /// Reads a text as a value of this type, and returns the value as text: for forms that check
    /// their input before anything is recorded.
    ///
    /// ```swift
    /// try ValueType.slug.check("jp/hague-convention")
    /// ```
    ///
    /// - Throws: ``ServandaError/invalid(code:text:details:)`` if the text is not such a value.
    @discardableResult
    public func check(_ text: String) throws -> String {
        try readValue(valueType: self, text: text)
    }
}
