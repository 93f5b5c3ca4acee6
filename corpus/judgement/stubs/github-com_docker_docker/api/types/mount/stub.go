// Package mount stands in for the engine's types.
package mount

type Mount struct {
	Type     string
	Source   string
	Target   string
	ReadOnly bool
}
