package servanda

import java.nio.charset.CharacterCodingException

/**
 * Why a call was refused, or why it failed.
 *
 * [message] is for people: what was tried, why it was refused, and what would be accepted. Programs
 * should use the class, which is the kind of error, the [code] for the exact reason, and [details].
 * These stay the same.
 *
 * @property code The stable code, such as `illegal-step`.
 * @property message The message.
 * @property details The data, as a JSON object.
 */
public sealed class ServandaException(
    public val code: String,
    public override val message: String,
    public val details: String,
    cause: Throwable?,
) : RuntimeException(message, cause) {
    /** The kind of error: `invalid`, `unknown`, `refused`, `damaged`, `place` or `stopped`. */
    public val kind: String get() = javaClass.simpleName.lowercase()

    /**
     * An argument is not well-formed: a value, a field, the file of a procedure, a cursor. Pass
     * something else.
     */
    public class Invalid internal constructor(
        code: String,
        message: String,
        details: String,
        cause: Throwable?,
    ) : ServandaException(code, message, details, cause)

    /**
     * An argument names something that does not exist: a commitment, a procedure, a status, an
     * entry. Check the name.
     */
    public class Unknown internal constructor(
        code: String,
        message: String,
        details: String,
        cause: Throwable?,
    ) : ServandaException(code, message, details, cause)

    /**
     * The procedure, the history or the order of the ledger does not allow it. Ask what is possible
     * next.
     */
    public class Refused internal constructor(
        code: String,
        message: String,
        details: String,
        cause: Throwable?,
    ) : ServandaException(code, message, details, cause)

    /**
     * The stored ledger is not what was written, or a newer version wrote it. A person has to look.
     */
    public class Damaged internal constructor(
        code: String,
        message: String,
        details: String,
        cause: Throwable?,
    ) : ServandaException(code, message, details, cause)

    /** The file of the ledger cannot be read or written. Try again, or use another file. */
    public class Place internal constructor(
        code: String,
        message: String,
        details: String,
        cause: Throwable?,
    ) : ServandaException(code, message, details, cause)

    /** The operation was stopped: the tracker was closed, or something failed on another thread. */
    public class Stopped internal constructor(
        code: String,
        message: String,
        details: String,
        cause: Throwable?,
    ) : ServandaException(code, message, details, cause)
}

/** Calls the library, and throws its errors as exceptions that people can read. */
internal inline fun <T> servanda(call: () -> T): T =
    try {
        call()
    } catch (refused: RawException) {
        throw refused.readable()
    } catch (malformed: CharacterCodingException) {
        val text = "a text has half of a surrogate pair; remove it"
        throw ServandaException.Invalid("invalid-text", text, "{}", malformed)
    } catch (failed: InternalException) {
        throw ServandaException.Stopped("failed", "the library failed: ${failed.message}", "{}", failed)
    }

@PublishedApi
internal fun RawException.readable(): ServandaException =
    when (this) {
        is RawException.Invalid -> ServandaException.Invalid(code, text, details, this)
        is RawException.Unknown -> ServandaException.Unknown(code, text, details, this)
        is RawException.Refused -> ServandaException.Refused(code, text, details, this)
        is RawException.Damaged -> ServandaException.Damaged(code, text, details, this)
        is RawException.Place -> ServandaException.Place(code, text, details, this)
        is RawException.Stopped -> ServandaException.Stopped(code, text, details, this)
    }

/**
 * The name by which UniFFI converts an error that a listener throws: the renaming in `uniffi.toml`
 * does not apply to callbacks. The library ignores the error.
 */
internal object FfiConverterTypeServandaError {
    fun lower(thrown: ServandaException): RustBuffer.ByValue {
        val refused = RawException.Refused(thrown.code, thrown.message, thrown.details)
        return FfiConverterTypeRawError.lower(refused)
    }
}
