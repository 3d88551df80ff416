package apply

import (
	"encoding/json"
	"slices"
)

// differing gives the rules in which two mappings differ, in the order of the new
// one. Equal rules belong together first; between those, rules belong together in
// their order.
func differing(before, after json.RawMessage) ([]Rule, error) {
	old, err := split(before)
	if err != nil {
		return nil, err
	}
	now, err := split(after)
	if err != nil {
		return nil, err
	}
	var out []Rule
	i, j := 0, 0
	for _, same := range append(common(old, now), [2]int{len(old), len(now)}) {
		out = append(out, between(old, now, i, same[0], j, same[1])...)
		i, j = same[0]+1, same[1]+1
	}
	return out, nil
}

func split(rules json.RawMessage) ([][]string, error) {
	var list []json.RawMessage
	if err := json.Unmarshal(rules, &list); err != nil {
		return nil, err
	}
	var out [][]string
	for _, rule := range list {
		lines, err := parts(rule)
		if err != nil {
			return nil, err
		}
		out = append(out, lines)
	}
	return out, nil
}

// between pairs the rules from i to iEnd with those from j to jEnd.
func between(old, now [][]string, i, iEnd, j, jEnd int) (out []Rule) {
	for ; i < iEnd || j < jEnd; i, j = i+1, j+1 {
		var r Rule
		if i < iEnd {
			r.Was, r.Old = i+1, old[i]
		}
		if j < jEnd {
			r.Is, r.New = j+1, now[j]
		}
		out = append(out, r)
	}
	return out
}

// common gives the longest common subsequence as pairs of indexes.
func common(old, now [][]string) [][2]int {
	longest := make([][]int, len(old)+1) // from i and j on
	for i := range longest {
		longest[i] = make([]int, len(now)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(now) - 1; j >= 0; j-- {
			longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			if slices.Equal(old[i], now[j]) {
				longest[i][j] = longest[i+1][j+1] + 1
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(old) && j < len(now); {
		switch {
		case slices.Equal(old[i], now[j]):
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}
