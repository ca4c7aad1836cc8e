import Wording

/// What can go wrong while files are packed into one.
package enum ArchiveError: ExplainedError, Equatable {
    /// libzip refused: which part, and what it says.
    case zip(part: String, message: String)

    package var explanation: Phrase {
        switch self {
        case .zip(let part, let message):
            Phrase(en: "packing ‘{part}’: {message}", zh: "打包“{part}”：{message}").filled([
                "part": Phrase(part), "message": Phrase(message),
            ])
        }
    }
}
