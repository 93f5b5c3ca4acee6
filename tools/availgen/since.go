package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"sort"
	"strings"
)

// The packages of which windlass writes names, or may be taught to by packs.
var sincePackages = strings.Fields(`bufio bytes context embed errors fmt io io/fs io/ioutil log maps net
	net/http os os/exec os/signal os/user path path/filepath regexp runtime runtime/debug slices sort
	strconv strings sync sync/atomic syscall testing time unicode/utf8`)

// A line of the distribution's api files: the contexts are systems, none of them all.
var apiLine = regexp.MustCompile(`^pkg ([\w/]+)(?: \(([\w-]+)\))?, (const|var|func|type|method) (.*)$`)
var (
	apiName   = regexp.MustCompile(`^(\w+)`)
	apiMethod = regexp.MustCompile(`^\(\*?(\w+)(?:\[[^\]]*\])?\) (\w+)`)
	apiField  = regexp.MustCompile(`^(\w+)(?:\[[^\]]*\])? struct, (\w+) `)
	apiMember = regexp.MustCompile(`^(\w+)(?:\[[^\]]*\])? interface, (\w+)\(`)
)

// printSince prints the names that came after Go 1.0: `import/path MINOR names...`.
func printSince(out *bufio.Writer) {
	fmt.Fprintf(out, "# Made by tools/availgen -since from %s; don't edit.\n", runtime.Version())
	wanted := map[string]bool{}
	for _, path := range sincePackages {
		wanted[path] = true
	}
	since := map[string]map[string]int{}
	last := lastMinor()
	for minor := 0; minor <= last; minor++ {
		name := fmt.Sprintf("go1.%d.txt", minor)
		if minor == 0 {
			name = "go1.txt"
		}
		file, err := os.Open(filepath.Join(runtime.GOROOT(), "api", name))
		if err != nil {
			log.Fatal(err)
		}
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			path, name := apiEntry(lines.Text())
			if !wanted[path] || name == "" {
				continue
			}
			if since[path] == nil {
				since[path] = map[string]int{}
			}
			if _, known := since[path][name]; !known {
				since[path][name] = minor
			}
		}
		file.Close()
	}
	for _, path := range sincePackages {
		byMinor := map[int][]string{}
		for name, minor := range since[path] {
			if minor > 0 {
				byMinor[minor] = append(byMinor[minor], name)
			}
		}
		for minor := 1; minor <= last; minor++ {
			printNames(out, fmt.Sprintf("%s %d", path, minor), byMinor[minor])
		}
	}
}

func lastMinor() int {
	var minor int
	if _, err := fmt.Sscanf(runtime.Version(), "go1.%d", &minor); err != nil {
		log.Fatalf("%s: no release", runtime.Version())
	}
	return minor
}

// apiEntry gives the package and the name of an api line, "Type.Member" for members; of syscall
// only what Windows has counts.
func apiEntry(line string) (path, name string) {
	found := apiLine.FindStringSubmatch(line)
	if found == nil || found[1] == "syscall" && !strings.HasPrefix(found[2], "windows") {
		return "", ""
	}
	rest := found[4]
	if found[3] == "method" {
		if m := apiMethod.FindStringSubmatch(rest); m != nil {
			return found[1], m[1] + "." + m[2]
		}
		return "", ""
	}
	for _, member := range []*regexp.Regexp{apiField, apiMember} {
		if m := member.FindStringSubmatch(rest); m != nil && found[3] == "type" {
			return found[1], m[1] + "." + m[2]
		}
	}
	if m := apiName.FindStringSubmatch(rest); m != nil {
		return found[1], m[1]
	}
	return "", ""
}

func printNames(out *bufio.Writer, head string, names []string) {
	sort.Strings(names)
	line := head
	for _, name := range names {
		if len(line)+1+len(name) > 160 {
			fmt.Fprintln(out, line)
			line = head
		}
		line += " " + name
	}
	if line != head {
		fmt.Fprintln(out, line)
	}
}
