package browser

import (
	"context"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// The page's size in CSS pixels, and the largest picture in bytes.
const (
	width, height = 1280, 800
	pictureLimit  = 200 << 10
)

// picture gives a PNG of the page, as large as is allowed; nil where it holds a
// token, or the browser gives none.
func (w *walker) picture() []byte {
	fit, err := run(w, chromedp.Evaluate[bool](call("hide")))
	if err != nil || !fit {
		return nil
	}
	for _, scale := range []float64{0.75, 0.5, 0.25} {
		if png := w.shoot(scale); len(png) > 0 && len(png) <= pictureLimit {
			return png
		}
	}
	return nil
}

func (w *walker) shoot(scale float64) []byte {
	ctx, cancel := context.WithTimeout(w.ctx, pageLimit)
	defer cancel()
	clip := &page.Viewport{Width: width, Height: height, Scale: scale}
	shot, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{Clip: clip})
	if err != nil {
		return nil
	}
	return shot.Data
}
