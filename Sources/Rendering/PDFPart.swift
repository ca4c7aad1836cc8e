extension PDFDocument {
    /// What a piece of a page is to who has it read aloud.
    package struct Part: Sendable, Hashable {
        package var role: Role
        /// Whether it is another one of its kind than that of the piece before. A page begins all anew.
        package var begins: Bool

        package init(_ role: Role, begins: Bool) {
            self.role = role
            self.begins = begins
        }

        /// The standard's own words for what stands on a page (ISO 32000, 14.8.4).
        package enum Role: Sendable, Hashable {
            /// From 1 to 6.
            case heading(Int)
            case paragraph, caption, code
            /// With its words for who does not see it.
            case figure(String)
            /// With its notation.
            case formula(String)
            case list, item, label, body
            case table, row, headCell, cell
            case contents, contentsLine
            case document, words, link

            var name: String {
                switch self {
                case .heading(let level): "H\(min(6, max(1, level)))"
                case .paragraph: "P"
                case .caption: "Caption"
                case .code: "Code"
                case .figure: "Figure"
                case .formula: "Formula"
                case .list: "L"
                case .item: "LI"
                case .label: "Lbl"
                case .body: "LBody"
                case .table: "Table"
                case .row: "TR"
                case .headCell: "TH"
                case .cell: "TD"
                case .contents: "TOC"
                case .contentsLine: "TOCI"
                case .document: "Document"
                case .words: "Span"
                // Cairo makes links of its own of what is called so; the update gives it its name.
                case .link: "Reference"
                }
            }

            /// What is read aloud in place of what is seen.
            var alternative: String? {
                switch self {
                case .figure(let words), .formula(let words): words
                default: nil
                }
            }
        }
    }
}
