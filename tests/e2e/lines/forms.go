package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
)

var forms = map[string]func(path, url string) string{
	"bytes.Cut":          bytesCut,
	"bytes.HasPrefix":    bytesHasPrefix,
	"bytes.Split":        bytesSplit,
	"bytes.TrimSuffix":   bytesTrimSuffix,
	"command":            command,
	"command compared":   commandCompared,
	"env":                env,
	"prompt":             prompt,
	"prompt bytes":       promptBytes,
	"prompt cut":         promptCut,
	"prompt replaced":    promptReplaced,
	"prompt switch":      promptSwitch,
	"reformatted":        reformatted,
	"regexp":             findKeys,
	"regexp match":       matchEnd,
	"strings.Replace":    joined,
	"strings.SplitAfter": splitAfter,
	"strings.SplitN":     splitN,
	"strings.Trim":       trim,
	"strings.TrimRight":  trimRight,
	"body":               body,
}

func read(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return string(data)
}

func env(path, _ string) string {
	values := map[string]string{}
	for _, line := range strings.Split(read(path), "\n") {
		if k, v, ok := strings.Cut(line, "="); ok {
			values[k] = v
		}
	}
	return fmt.Sprint(len(values), values)
}

func splitN(path, _ string) string {
	return strings.SplitN(read(path), "\n", 2)[0]
}

func splitAfter(path, _ string) string {
	return fmt.Sprintf("%q", strings.SplitAfter(read(path), "\n"))
}

func joined(path, _ string) string {
	return strings.Replace(read(path), "\n", " ", -1)
}

func trim(path, _ string) string {
	parts := strings.Split(strings.Trim(read(path), "\n"), "\n\n")
	return fmt.Sprintf("%q", parts)
}

func trimRight(path, _ string) string {
	text := strings.TrimRight(read(path), "\n")
	return text[strings.LastIndex(text, "\n")+1:]
}

func bytesSplit(path, _ string) string {
	data, _ := os.ReadFile(path)
	return fmt.Sprintf("%q", bytes.Split(data, []byte("\n")))
}

func bytesCut(path, _ string) string {
	data, _ := os.ReadFile(path)
	first, rest, ok := bytes.Cut(data, []byte{'\n'})
	return fmt.Sprintf("%q %d %t", first, bytes.Count(rest, []byte("=")), ok)
}

func bytesTrimSuffix(path, _ string) string {
	data, _ := os.ReadFile(path)
	data = bytes.TrimSuffix(data, []byte("\n"))
	return fmt.Sprintf("%q", data[bytes.LastIndexByte(data, '\n')+1:])
}

func bytesHasPrefix(path, _ string) string {
	data, _ := os.ReadFile(path)
	return fmt.Sprint(bytes.HasPrefix(data, []byte("---\nkey=")))
}

func prompt(_, _ string) string {
	line, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	return strings.TrimSuffix(line, "\n")
}

func promptCut(_, _ string) string {
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil {
		return ""
	}
	return line[:len(line)-1]
}

func promptBytes(_, _ string) string {
	line, err := bufio.NewReader(os.Stdin).ReadBytes('\n')
	if err != nil {
		return ""
	}
	return string(line[:len(line)-1])
}

func promptReplaced(_, _ string) string {
	text, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	text = strings.Replace(text, "\n", "", -1)
	return text
}

func promptSwitch(_, _ string) string {
	line, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	switch line {
	case "---\n":
		return "front"
	case "\n":
		return "empty"
	}
	return "other"
}

// formatText keeps one newline at the end of a text and no blanks before any.
func formatText(src []byte) []byte {
	out := bytes.TrimRight(src, "\n")
	for bytes.Contains(out, []byte(" \n")) {
		out = bytes.Replace(out, []byte(" \n"), []byte("\n"), -1)
	}
	return append(append([]byte{}, out...), '\n')
}

func reformatted(path, _ string) string {
	text, _ := os.ReadFile(path)
	pretty := formatText(text)
	if bytes.Equal(text, pretty) {
		return "formatted"
	}
	for i, c := range text {
		if i >= len(pretty) || pretty[i] != c {
			return fmt.Sprint("not formatted from ", i)
		}
	}
	return "shorter"
}

func command(path, _ string) string {
	out, err := exec.Command(os.Args[0], "-print", path).Output()
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf("%q", strings.Split(strings.TrimSuffix(string(out), "\n"), "\n"))
}

func commandCompared(path, _ string) string {
	out, err := exec.Command(os.Args[0], "-print", path).Output()
	if err != nil {
		panic(err)
	}
	return fmt.Sprint(strings.HasPrefix(string(out), "---\nkey="))
}

func body(_, url string) string {
	resp, err := http.Get(url)
	if err != nil {
		panic(err)
	}
	defer resp.Body.Close()
	data, _ := io.ReadAll(resp.Body)
	return fmt.Sprintf("%q", strings.Split(string(data), "\n"))
}

var (
	keyRE = regexp.MustCompile(`(?m)^key=(.*)$`)
	endRE = regexp.MustCompile(`(?m)[a-z]$`)
)

func findKeys(path, _ string) string {
	return fmt.Sprintf("%q", keyRE.FindAllStringSubmatch(read(path), -1))
}

func matchEnd(path, _ string) string {
	return fmt.Sprint(endRE.MatchString(read(path)))
}
