package config

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// parseYAML reads the part of YAML that depot.yaml uses: scalars, maps nested by indentation and lists of
// scalars. Keys come out joined with dots ("log.dir"), list items joined with commas.
//
//	log:
//	  dir: /var/log/depot   # becomes values["log.dir"]
func parseYAML(r io.Reader, values map[string]string) error {
	type level struct {
		indent int
		key    string
	}
	var stack []level
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimRight(stripComment(sc.Text()), " \t\r")
		text := strings.TrimLeft(line, " ")
		if text == "" || text == "---" {
			continue
		}
		if text[0] == '\t' {
			return fmt.Errorf("line %d: tab in the indentation", n)
		}
		indent := len(line) - len(text)
		if item := strings.TrimPrefix(text, "- "); item != text {
			for len(stack) > 0 && stack[len(stack)-1].indent > indent {
				stack = stack[:len(stack)-1]
			}
			if len(stack) == 0 {
				return fmt.Errorf("line %d: list item outside of a list", n)
			}
			key := stack[len(stack)-1].key
			if values[key] != "" {
				values[key] += ","
			}
			values[key] += unquote(item)
			continue
		}
		for len(stack) > 0 && stack[len(stack)-1].indent >= indent {
			stack = stack[:len(stack)-1]
		}
		name, value, ok := strings.Cut(text, ":")
		if !ok {
			return fmt.Errorf("line %d: %q is not a key: value pair", n, text)
		}
		key := unquote(name)
		if len(stack) > 0 {
			key = stack[len(stack)-1].key + "." + key
		}
		if value = strings.TrimSpace(value); value == "" {
			stack = append(stack, level{indent, key})
			continue
		}
		values[key] = unquote(value)
	}
	return sc.Err()
}

// stripComment cuts a comment: a # at the start of the line or after a blank, outside of quotes.
func stripComment(line string) string {
	var quote byte
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t'):
			return line[:i]
		}
	}
	return line
}

func unquote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}
