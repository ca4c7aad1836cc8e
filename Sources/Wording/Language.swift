/// A language that every string of the project exists in.
public enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case chinese = "zh-Hans"

    /// The language of a BCP 47 tag or a POSIX locale (`zh_CN.UTF-8`), if it is one of ours.
    public init?(tag: String) {
        let lowered = tag.lowercased()
        if lowered.hasPrefix("zh") {
            self = .chinese
        } else if lowered.hasPrefix("en") || lowered == "c" || lowered == "posix" || lowered.hasPrefix("c.") {
            self = .english
        } else {
            return nil
        }
    }

    /// What its own readers call it.
    public var endonym: String {
        switch self {
        case .english: "English"
        case .chinese: "简体中文"
        }
    }
}
