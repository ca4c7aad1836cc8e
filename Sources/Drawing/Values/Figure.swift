import Wording

/// A finished picture: placed items with resolved colours, ready for a painter. The coordinates are pixels at scale 1.
public struct Figure: Sendable, Hashable {
    /// A stable name, also the file's name: `layer-1-head-2-scores`.
    public var id: String
    public var title: String
    public var size: Size
    public var paper: Color
    public var language: Language
    /// One, or the steps of a motion: each changes one thing.
    public var frames: [Frame]
    public var metadata: Metadata
    /// Which steps each group grows out of, by the group's name; empty where nobody asked.
    package var origins: [String: [String]] = [:]

    public struct Frame: Sendable, Hashable {
        public var items: [Item]
        /// What this frame shows, in a sentence.
        public var caption: String
        public var hotSpots: [HotSpot]
        /// The picture in words, made from the data.
        public var altText: String

        public init(items: [Item], caption: String = "", hotSpots: [HotSpot] = [], altText: String = "") {
            self.items = items
            self.caption = caption
            self.hotSpots = hotSpots
            self.altText = altText
        }
    }

    /// What every exported file says about itself.
    public struct Metadata: Sendable, Hashable {
        public var title: String
        public var description: String
        /// The command that made the file, as it could be typed again.
        public var command: String

        public init(title: String, description: String, command: String = "") {
            self.title = title
            self.description = description
            self.command = command
        }
    }

    public init(
        id: String, title: String, size: Size, paper: Color, language: Language, frames: [Frame],
        metadata: Metadata? = nil
    ) {
        self.id = id
        self.title = title
        self.size = size
        self.paper = paper
        self.language = language
        self.frames = frames
        self.metadata = metadata ?? Metadata(title: title, description: frames.first?.altText ?? "")
    }
}
