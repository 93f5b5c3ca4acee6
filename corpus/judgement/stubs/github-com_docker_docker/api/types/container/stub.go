// Package container stands in for the engine's types.
package container

type Config struct {
	Image      string
	Cmd        []string
	Env        []string
	WorkingDir string
	Volumes    map[string]struct{}
}

type HostConfig struct {
	Binds []string
}
