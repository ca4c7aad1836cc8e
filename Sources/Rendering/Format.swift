import Drawing

extension Renderer {
    /// How a figure is written, apart from what it shows.
    package struct Manner: Sendable, Hashable {
        /// What stands for letters in an SVG.
        package enum Letters: String, Sendable, Hashable, CaseIterable {
            /// Their outlines: the same on every machine.
            case outlines
            /// Text in named fonts, which can be searched, edited and read aloud.
            case real
        }

        /// Pixels of a PNG for one of the figure.
        package var scale = 1.0
        /// Whether the paper is left out.
        package var isTransparent = false
        package var letters = Letters.outlines
        /// Whether each frame of a motion is a file of its own; else one file shows them all, or the last.
        package var isApart = true

        package init(
            scale: Double = 1, isTransparent: Bool = false, letters: Letters = .outlines, isApart: Bool = true
        ) {
            self.scale = scale
            self.isTransparent = isTransparent
            self.letters = letters
            self.isApart = isApart
        }
    }

    /// What a figure can be written as: a new format is a line of ``allCases``.
    package struct Format: RawRepresentable, CaseIterable, Sendable, Hashable {
        /// Its name, also the ending of its files.
        package let rawValue: String
        /// Whether one file holds every frame; else each frame is a file.
        package let holdsAllFrames: Bool
        /// Whether one file holds every frame where that is wanted.
        package let mayHoldAllFrames: Bool
        private let make:
            @Sendable (_ renderer: Renderer, _ figure: Figure, _ frame: Int, _ manner: Manner) throws -> [UInt8]

        package static let png = Format("png") {
            try $0.png($1, frame: $2, scale: $3.scale, transparent: $3.isTransparent)
        }
        /// Of several frames, one that shows each on its own when it is named (`#…`), else the last.
        package static let svg = Format("svg", mayHoldAllFrames: true) { renderer, figure, frame, manner in
            Array(
                try renderer.svg(
                    figure, frame: manner.isApart ? frame : nil, transparent: manner.isTransparent,
                    letters: manner.letters
                ).utf8)
        }
        package static let pdf = Format("pdf", holdsAllFrames: true) { renderer, figure, _, manner in
            try renderer.pdf([figure], transparent: manner.isTransparent)
        }
        /// The figure as data, its words and exact values in it.
        package static let json = Format("json", holdsAllFrames: true) { _, figure, _, _ in figure.data }

        package static let allCases = [png, svg, pdf, json]

        private init(
            _ name: String, holdsAllFrames: Bool = false, mayHoldAllFrames: Bool = false,
            make: @escaping @Sendable (Renderer, Figure, Int, Manner) throws -> [UInt8]
        ) {
            rawValue = name
            self.holdsAllFrames = holdsAllFrames
            self.mayHoldAllFrames = holdsAllFrames || mayHoldAllFrames
            self.make = make
        }

        package init?(rawValue: String) {
            guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
            self = known
        }

        package static func == (one: Format, other: Format) -> Bool { one.rawValue == other.rawValue }
        package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

        /// One frame, or all of them where one file holds them.
        package func bytes(_ figure: Figure, frame: Int = 0, _ manner: Manner = Manner()) throws -> [UInt8] {
            try make(Renderer(), figure, frame, manner)
        }

        /// - Parameter put: is given each file's bytes and its name.
        /// - Returns: the files' names, in order.
        package func write(
            _ figure: Figure, named name: String, _ manner: Manner, put: ([UInt8], String) throws -> Void
        ) throws -> [String] {
            let count = figure.frames.count
            let isOne = holdsAllFrames || count == 1 || !manner.isApart
            let frames = isOne ? [holdsAllFrames || mayHoldAllFrames ? 0 : max(0, count - 1)] : Array(0..<count)
            return try frames.map { frame in
                let file = name + (isOne ? "" : "-frame-" + Self.number(frame, of: count)) + "." + rawValue
                try put(bytes(figure, frame: frame, manner), file)
                return file
            }
        }

        /// So many digits that files sorted by name stand in the order of the frames: `02`.
        private static func number(_ frame: Int, of count: Int) -> String {
            let digits = String(frame + 1)
            return String(repeating: "0", count: max(0, max(2, String(count).count) - digits.count)) + digits
        }
    }
}
