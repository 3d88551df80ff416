package claims

import "strings"

// aprGeneral is APR's %.Ng (apr_gcvt), which is not C's: no zero before the point,
// an exponent where five or more zeros would follow the digits.
func aprGeneral(number float64, digits int) string {
	text, point, negative := aprConvert(number, digits, false)
	used := digits
	for i := digits - 1; i > 0 && text[i] == '0'; i-- {
		used--
	}
	sign := ""
	if negative {
		sign = "-"
	}
	if point >= 0 && point-used > 4 || point < -3 {
		return sign + aprExponent(text[:used], point-1)
	}
	return sign + strings.TrimSuffix(aprPlain(text, used, point), ".")
}

func aprExponent(digits string, exponent int) string {
	var b strings.Builder
	b.WriteString(digits[:1] + "." + digits[1:] + "e")
	if exponent < 0 {
		exponent = -exponent
		b.WriteByte('-')
	} else {
		b.WriteByte('+')
	}
	if exponent >= 100 {
		b.WriteByte(byte(exponent/100) + '0')
	}
	if exponent >= 10 {
		b.WriteByte(byte(exponent%100/10) + '0')
	}
	b.WriteByte(byte(exponent%10) + '0')
	return b.String()
}

func aprPlain(digits string, used, point int) string {
	if point > used {
		return digits[:used] + strings.Repeat("0", point-used) + "."
	}
	if point > 0 {
		return digits[:point] + "." + digits[point:used]
	}
	zeros := strings.Repeat("0", -point)
	if digits[0] == '0' {
		return zeros + digits[:used]
	}
	return "." + zeros + digits[:used]
}
