// Package fsnotify stands in for the watcher.
package fsnotify

type Event struct{ Name string }

type Watcher struct{ Events chan Event }

func NewWatcher() (*Watcher, error) { return &Watcher{Events: make(chan Event)}, nil }

func (w *Watcher) Add(name string) error { return nil }
