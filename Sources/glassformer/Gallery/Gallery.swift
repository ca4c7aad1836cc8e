import Drawing
import Reading
import Rendering
import Wording

/// The page that shows a folder's figures: one file, no network, works from a disk.
struct Gallery {
    let title: String
    let drawn: [FigureFiles.Drawn]
    var undrawn: [UndrawnFigure] = []
    let theme: Theme
    let command: String

    /// One stretch of the way through the model.
    private struct Part {
        var title: String
        var anchor: String
        var figures: [FigureFiles.Drawn] = []
    }

    private var parts: [Part] {
        var parts: [Part] = []
        var hasLayers = false
        var stack = ""
        for figure in drawn {
            let title: String
            let anchor: String
            if let layer = figure.placement.layer {
                hasLayers = true
                let number = GalleryText.layer.text(["number": "\(layer + 1)"])
                // What knows both stacks, such as cross-attention, is part of the decoder.
                if !figure.placement.stack.isEmpty { stack = figure.placement.stack }
                title =
                    switch stack {
                    case "encoder": GalleryText.encoder.text(["layer": Phrase(number)])
                    case "decoder": GalleryText.decoder.text(["layer": Phrase(number)])
                    default: number
                    }
                anchor = (stack.isEmpty ? "" : stack + "-") + "layer-\(layer + 1)"
            } else {
                title = (hasLayers ? GalleryText.after : GalleryText.before).text
                anchor = hasLayers ? "output" : "input"
            }
            if parts.last?.anchor != anchor { parts.append(Part(title: title, anchor: anchor)) }
            parts[parts.count - 1].figures.append(figure)
        }
        return parts
    }

    var html: String {
        let parts = parts
        var body = ""
        for part in parts {
            body += "<section id=\"\(part.anchor)\">\n<h2>\(part.title.escaped)</h2>\n<div class=\"grid\">\n"
            for figure in part.figures { body += card(figure) }
            body += "</div>\n</section>\n"
        }
        let links = parts.map { "<a href=\"#\($0.anchor)\">\($0.title.escaped)</a>" }
        let count = GalleryText.count.text(["count": "\(drawn.count)"])
        return """
            <!doctype html>
            <html lang="\(Console.language.rawValue)">
            <head>
            <meta charset="utf-8">
            \(OwnFile.generator)
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="\(theme.mode.rawValue)">
            <title>\(title.escaped) · Glassformer</title>
            <style>
            \(GalleryStyle.css(theme))
            </style>
            </head>
            <body>
            <header>
            <h1>\(title.isolatedMarkup)</h1>
            <p>\(count.escaped) · <code>\(command.isolatedMarkup)</code></p>
            <nav aria-label="\(GalleryText.stages.text.escaped)">\(links.joined(separator: " "))</nav>
            </header>
            <main>
            \(body)\(undrawnList)</main>
            <dialog aria-label="\(GalleryText.figure.text.escaped)"></dialog>
            <script>
            \(GalleryScript.javaScript)
            </script>
            </body>
            </html>

            """
    }

    /// What is missing among the figures, each with its reason.
    private var undrawnList: String {
        guard !undrawn.isEmpty else { return "" }
        let items = undrawn.map { figure in
            "<li id=\"\(figure.name.escaped)\">\(figure.title.text.escaped) <code>\(figure.name.escaped)</code>: "
                + "\(figure.reason.text.escaped)</li>\n"
        }
        return "<section id=\"undrawn\">\n<h2>\(GalleryText.undrawn.text.escaped)</h2>\n<ul>\n"
            + items.joined() + "</ul>\n</section>\n"
    }

    private func card(_ figure: FigureFiles.Drawn) -> String {
        let prefix = figure.placement.head.map { GalleryText.head.text(["number": "\($0 + 1)"]) + " · " } ?? ""
        var text = "<article id=\"\(figure.entry.escaped)\">\n"
        let pictures = figure.files.first { $0.format == .svg } ?? figure.files.first { $0.format == .png }
        if let pictures {
            text += "<figure data-frames>\n"
            for (place, (file, frame)) in zip(pictures.names, figure.frames).enumerated() {
                text +=
                    "<a href=\"\(file.escaped)\"\(place > 0 ? " hidden" : "")"
                    + " data-caption=\"\(frame.caption.isolatedAttribute)\">"
                    + "<img src=\"\(file.escaped)\" loading=\"lazy\" width=\"\(Int(figure.size.width))\""
                    + " height=\"\(Int(figure.size.height))\" alt=\"\(frame.altText.escaped)\"></a>\n"
            }
            text += "</figure>\n"
        }
        // The picture bears its title; readers who cannot see it, and figures without a picture, need it in words.
        let heading = pictures == nil ? "<h3>" : "<h3 class=\"unseen\">"
        text += heading + (prefix + figure.title).isolatedMarkup + "</h3>\n"
        if pictures != nil, figure.frames.count > 1 {
            text +=
                "<p class=\"frames\"><button type=\"button\" data-move=\"-1\" aria-label=\""
                + GalleryText.previous.text.escaped + "\">‹</button> <output>1 / \(figure.frames.count)</output> "
                + "<button type=\"button\" data-move=\"1\" aria-label=\"\(GalleryText.next.text.escaped)\">›"
                + "</button> <span class=\"caption\">\(figure.frames[0].caption.isolatedMarkup)</span></p>\n"
        }
        let links = figure.files.compactMap { format, names in
            names.first.map { "<a href=\"\($0.escaped)\">\(format.rawValue.uppercased())</a>" }
        }
        let steps = figure.placement.steps.prefix(3).map { "<code>\($0.description.escaped)</code>" }
        return text
            + "<p class=\"files\">\(links.joined(separator: " ")) \(steps.joined(separator: " "))</p>\n</article>\n"
    }
}
