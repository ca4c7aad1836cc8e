import Pages

/// What a chapter's page knows of the places of all its figures: their sums stand once, whichever screens, frames and
/// figures show them.
struct PageSpots {
    private struct Key: Hashable {
        var figure: String
        var shape: BookShape
    }

    private var texts: [Key: String] = [:]
    private var sums = SharedTexts()

    /// - Parameter figures: by their names in the chapter.
    /// - Parameter names: in the chapter's order.
    init(_ figures: [String: [BookFigure]], order names: [String]) {
        for name in names {
            for figure in figures[name] ?? [] {
                texts[Key(figure: name, shape: figure.shape)] = figure.spots.text(sharing: &sums)
            }
        }
    }

    func values(of figure: BookFigure) -> String? { texts[Key(figure: figure.files.figure, shape: figure.shape)] }

    /// For the page's script.
    var data: [Markup] { sums.all.isEmpty ? [] : [sums.data] }
}
