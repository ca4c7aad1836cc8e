import Wording

extension Slide {
    /// Where the body lies on the picture: the page without its head, its foot and its margins; nil where the slide
    /// does not fit.
    package func bodyRoom(_ style: SlideStyle) throws(Failure) -> Rect? {
        for zoom in style.zooms {
            let layout = SlideLayout(slide: self, style: style, zoom: zoom)
            if try layout.frames(only: 0) != nil { return Zoom(zoom)(layout.room) }
        }
        return nil
    }
}
