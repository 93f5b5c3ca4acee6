// Package envlist edits variables that hold lists of directories.
package envlist

import (
	"os"
	"os/exec"
	"strings"
)

const defaultPath = "/usr/local/bin:/usr/bin:/bin" //@ list

// Dirs returns the directories of PATH.
func Dirs() []string {
	p := os.Getenv("PATH")
	if p == "" {
		p = defaultPath
	}
	return strings.Split(p, ":") //@ list
}

// Find returns the first program called name.
func Find(name string) string {
	for _, dir := range Dirs() {
		file := dir + "/" + name //@ host
		if fi, err := os.Stat(file); err == nil && fi.Mode().IsRegular() {
			return file
		}
	}
	return ""
}

// Prepend puts a directory in front of a list.
func Prepend(list, dir string) string {
	if list == "" {
		return dir
	}
	for _, d := range strings.Split(list, ":") { //@ list
		if d == dir {
			return list
		}
	}
	return dir + ":" + list //@ list
}

// Command returns a command that finds the toolchain first.
func Command(root, name string, args ...string) *exec.Cmd {
	bin := root + "/bin"                       //@ host
	cmd := exec.Command(bin+"/"+name, args...) //@ host
	cmd.Env = append(os.Environ(),
		"PATH="+Prepend(os.Getenv("PATH"), bin),
		"GOPATH="+root+"/gopath:"+os.Getenv("GOPATH"),                         //@ list
		"LD_LIBRARY_PATH="+strings.Join([]string{root + "/lib", "/lib"}, ":"), //@ list strings.Join([]string{root + "/lib", "/lib"}, ":")
		"TOOL_URL=http://localhost:8080"+"/"+name,                             //@ slash
	)
	return cmd
}

// GoPath returns the first workspace.
func GoPath() string {
	gopath := os.Getenv("GOPATH")
	if i := strings.Index(gopath, ":"); i >= 0 { //@ list
		gopath = gopath[:i]
	}
	return gopath
}

// Sources returns where the packages of each workspace lie.
func Sources() []string {
	var dirs []string
	for _, ws := range strings.Split(os.Getenv("GOPATH"), ":") { //@ list
		dirs = append(dirs, ws+"/src") //@ host
	}
	return dirs
}

// ManPages tells whether MANPATH names dir.
func ManPages(dir string) bool {
	return strings.Contains(":"+os.Getenv("MANPATH")+":", ":"+dir+":") //@ list
}

// Classpath joins the archives that a Java tool is started with.
func Classpath(jars []string) string {
	cp := ""
	for _, jar := range jars {
		cp += ":" + jar //@ list
	}
	return strings.TrimPrefix(cp, ":")
}

// Address splits host:port, which is no list.
func Address(s string) (host, port string) {
	host, port, _ = strings.Cut(s, ":")
	return host, port
}
