import Drawing

extension Renderer {
    /// What a figure can be written as: a new format is a line of ``allCases``.
    package struct Format: RawRepresentable, CaseIterable, Sendable, Hashable {
        /// Its name, also the ending of its files.
        package let rawValue: String
        /// Whether one file holds every frame; else each frame is a file.
        package let holdsAllFrames: Bool
        private let make:
            @Sendable (_ renderer: Renderer, _ figure: Figure, _ frame: Int, _ scale: Double) throws -> [UInt8]

        package static let png = Format("png") { try $0.png($1, frame: $2, scale: $3) }
        package static let svg = Format("svg") { renderer, figure, frame, _ in
            Array(try renderer.svg(figure, frame: frame).utf8)
        }
        package static let pdf = Format("pdf", holdsAllFrames: true) { renderer, figure, _, _ in
            try renderer.pdf(figure)
        }
        /// The figure as data, its words and exact values in it.
        package static let json = Format("json", holdsAllFrames: true) { _, figure, _, _ in figure.data }

        package static let allCases = [png, svg, pdf, json]

        private init(
            _ name: String, holdsAllFrames: Bool = false,
            make: @escaping @Sendable (Renderer, Figure, Int, Double) throws -> [UInt8]
        ) {
            rawValue = name
            self.holdsAllFrames = holdsAllFrames
            self.make = make
        }

        package init?(rawValue: String) {
            guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
            self = known
        }

        package static func == (one: Format, other: Format) -> Bool { one.rawValue == other.rawValue }
        package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

        /// One frame, or all of them where one file holds them.
        package func bytes(_ figure: Figure, frame: Int = 0, scale: Double = 1) throws -> [UInt8] {
            try make(Renderer(), figure, frame, scale)
        }

        /// - Parameter put: is given each file's bytes and its name.
        /// - Returns: the files' names, in order.
        package func write(
            _ figure: Figure, named name: String, scale: Double, put: ([UInt8], String) throws -> Void
        ) throws -> [String] {
            let isOne = holdsAllFrames || figure.frames.count == 1
            return try (holdsAllFrames ? 0..<1 : figure.frames.indices).map { frame in
                let file = name + (isOne ? "" : "-frame-\(frame + 1)") + "." + rawValue
                try put(bytes(figure, frame: frame, scale: scale), file)
                return file
            }
        }
    }
}
