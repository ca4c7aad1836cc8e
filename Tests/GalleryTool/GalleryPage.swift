import Drawing
import Foundation
import Gallery
import Pages
import Rendering
import Subjects
import Wording

/// Every figure of every scene on one page, in English on light and in Chinese on dark paper; and a page of those that
/// are not what was kept, as expected, as they are, and what differs.
struct GalleryPage {
    var scenes: [Scene]

    private static let ways = Way.all.prefix(2)

    func write(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var figures: [IndexFigure] = []
        var undrawn: [IndexPage.Undrawn] = []
        for (number, scene) in scenes.enumerated() {
            let subject = try scene.subject()
            for way in Self.ways {
                for picture in try scene.pictures(subject, way.style) {
                    let name = "\(number)-\(picture.name)-\(way.language.rawValue)"
                    do {
                        let figure = try subject.figure(picture, scene.look(subject), way.style)
                        figures.append(try write(figure, picture, name, scene, number, to: folder))
                    } catch {
                        let reason = (error as? Failure)?.explanation.english ?? "\(error)"
                        undrawn.append(.init(name: name, title: picture.title.english, reason: reason))
                    }
                }
            }
            GalleryTool.say("\(scene.name) \(figures.count)")
        }
        let page = IndexPage(
            title: "Gallery", command: "make gallery", figures: figures, undrawn: undrawn, theme: .light,
            language: .english)
        try Data(page.html).write(to: URL(fileURLWithPath: folder + "/index.html"))
        try differences(folder)
        print(folder + "/index.html")
    }

    private func write(
        _ figure: Figure, _ picture: Picture, _ name: String, _ scene: Scene, _ number: Int, to folder: String
    ) throws -> IndexFigure {
        let bytes = try Renderer.Format.svg.bytes(figure, Renderer.Manner(isApart: false))
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name).svg"))
        var entry = IndexFigure(
            name: name, title: "\(figure.title)", size: figure.size, frames: figure.frames,
            files: [("SVG", ["\(name).svg"])],
            section: .init(id: "scene-\(number)", title: scene.name), steps: picture.steps.map(\.description))
        entry.kind = picture.id
        entry.anchors = SVGWriter.anchors(in: bytes)
        return entry
    }

    private func differences(_ folder: String) throws {
        let kept = (try? Golden.kept()) ?? [:]
        let now = try Golden.all()
        var rows: [Markup] = []
        for golden in now {
            guard let expected = kept[golden.name] else {
                rows.append(Tag.p { "new: \(golden.name)" })
                continue
            }
            let places = Set(golden.differences(from: expected))
            guard !places.isEmpty else { continue }
            rows.append(Tag.h2 { golden.name })
            rows.append(
                Tag.div(.class("pair")) {
                    Markup.made(expected.sketch(marked: places))
                    Markup.made(golden.sketch(marked: places))
                })
            for place in places.sorted().prefix(12) {
                let (one, other) = (expected.lines, golden.lines)
                rows.append(
                    Tag.pre { "− \(place < one.count ? one[place] : "")\n+ \(place < other.count ? other[place] : "")" }
                )
            }
        }
        for name in Set(kept.keys).subtracting(now.map(\.name)).sorted() { rows.append(Tag.p { "gone: \(name)" }) }
        var document = Document(language: .english, title: "Differences")
        document.styles = [
            .text(
                Kit.colors(.light) + Kit.base + ".pair{display:grid;grid-template-columns:1fr 1fr;gap:8px}"
                    + ".pair svg{border:1px solid var(--line);background:var(--paper)}pre{white-space:pre-wrap}")
        ]
        let page = document.page {
            Tag.main {
                Tag.h1 { "Expected and actual: \(rows.isEmpty ? "all alike" : "\(rows.count) notes")" }
                rows
            }
        }
        try Data(page).write(to: URL(fileURLWithPath: folder + "/differences.html"))
    }
}
