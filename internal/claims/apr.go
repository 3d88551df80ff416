package claims

import (
	"math"
	"strings"
)

// aprDigits is NDIG of APR, strings/apr_snprintf.c: what does not fit is lost,
// which is why large numbers look as odd as they do.
const aprDigits = 80

// aprConvert is apr_cvt: the decimal digits of a number and where its point
// stands. With fixed, digits counts behind the point, else from the first digit.
func aprConvert(number float64, digits int, fixed bool) (text string, point int, negative bool) {
	var c aprConversion
	digits = min(digits, aprDigits-2)
	negative = number < 0
	whole, rest := math.Modf(math.Abs(number))
	rest = c.whole(whole, rest)
	last := digits
	if fixed {
		last += c.point
	}
	if last < 0 {
		return "", -digits, negative
	}
	for c.used <= last && c.used < aprDigits {
		var digit float64
		digit, rest = math.Modf(rest * 10)
		c.put(byte(digit) + '0')
	}
	if last >= aprDigits {
		return c.cut(aprDigits - 1), c.point, negative
	}
	end := c.round(last, fixed)
	return c.cut(end), c.point, negative
}

// aprConversion is the buffer of apr_cvt. One byte more than APR's leaves room for
// the digit that a carry adds.
type aprConversion struct {
	buf   [aprDigits + 1]byte
	used  int
	point int
}

func (c *aprConversion) put(digit byte) {
	c.buf[c.used] = digit
	c.used++
}

// whole puts the digits of the integer part, of which no more than the last fit,
// and gives the rest; or it moves the point over leading zeros.
func (c *aprConversion) whole(whole, rest float64) float64 {
	if whole == 0 {
		for rest > 0 && rest*10 < 1 {
			rest *= 10
			c.point--
		}
		return rest
	}
	at := aprDigits
	for at > 0 && whole != 0 {
		var part float64
		whole, part = math.Modf(whole / 10)
		at--
		c.buf[at] = byte((part+.03)*10) + '0'
		c.point++
	}
	c.used = copy(c.buf[:], c.buf[at:aprDigits])
	return rest
}

// round rounds at a digit and gives the length of the text.
func (c *aprConversion) round(last int, fixed bool) int {
	end, at := last, last
	c.buf[at] += 5
	for c.buf[at] > '9' {
		c.buf[at] = '0'
		if at > 0 {
			at--
			c.buf[at]++
			continue
		}
		c.buf[at] = '1'
		c.point++
		if fixed {
			if end > 0 {
				c.buf[end] = '0'
			}
			end++
		}
	}
	return end
}

// cut is the buffer as a C string.
func (c *aprConversion) cut(end int) string {
	text, _, _ := strings.Cut(string(c.buf[:end]), "\x00")
	return text
}

// aprFixed is APR's %lf.
func aprFixed(number float64, digits int) string {
	text, point, negative := aprConvert(number, digits, true)
	sign := ""
	if negative {
		sign = "-"
	}
	switch {
	case point <= 0:
		return sign + "0." + strings.Repeat("0", -point) + text
	case point > len(text):
		return sign + text // the C string ends where the buffer did
	}
	return sign + text[:point] + "." + text[point:]
}
