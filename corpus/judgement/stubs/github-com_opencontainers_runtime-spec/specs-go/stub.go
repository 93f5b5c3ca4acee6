// Package specs stands in for the runtime specification.
package specs

type Mount struct {
	Destination string
	Type        string
	Source      string
	Options     []string
}

type Process struct {
	Cwd  string
	Args []string
	Env  []string
}

type Linux struct {
	CgroupsPath string
	MaskedPaths []string
}

type Spec struct {
	Process *Process
	Mounts  []Mount
	Linux   *Linux
}
