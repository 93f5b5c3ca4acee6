package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows/registry"

	"example.test/helpers/internal/winport"
)

const unix = false

func places() map[string]string {
	data := os.Getenv("ProgramData")
	return map[string]string{
		"/etc/app/x":           filepath.Join(data, "app", "x"),
		"/etc":                 data,
		"/var/spool/app":       filepath.Join(data, "spool", "app"),
		"/usr/local/etc/app":   filepath.Join(data, "app"),
		"/var/lib/app/":        filepath.Join(data, "app"),
		"/var/log/app/app.log": filepath.Join(data, "log", "app", "app.log"),
		"/var/run/app.pid":     filepath.Join(data, "run", "app.pid"),
		"/run/app.pid":         filepath.Join(data, "run", "app.pid"),
		"/tmp/x":               filepath.Join(os.TempDir(), "x"),
		"/tmp":                 filepath.Clean(os.TempDir()),
		"/etcetera/x":          filepath.Join(os.Getenv("SystemDrive")+`\`, "etcetera", "x"),
		"x/y":                  `x\y`,
		`C:\x`:                 `C:\x`,
		"":                     "",
	}
}

func system() {
	const path, written = `SOFTWARE\WinportUser`, `SOFTWARE\WinportTestWritten`
	_, err := winport.OpenRead(path+`\none`, registry.QUERY_VALUE)
	expect("OpenRead of neither", errors.Is(err, fs.ErrNotExist), true)
	own, _, err := registry.CreateKey(registry.CURRENT_USER, path, registry.ALL_ACCESS)
	expect("CreateKey", err, nil)
	expect("SetStringValue", own.SetStringValue("Whose", "the user's"), nil)
	own.Close()
	key, err := winport.OpenRead(path, registry.QUERY_VALUE)
	expect("OpenRead of the user's", err, nil)
	text, _, err := key.GetStringValue("Whose")
	expect("GetStringValue", err, nil)
	expect("the value", text, "the user's")
	key.Close()

	key, err = winport.OpenWrite(written, registry.SET_VALUE)
	expect("OpenWrite makes the key", err, nil)
	expect("SetStringValue", key.SetStringValue("Whose", "the machine's"), nil)
	key.Close()
	key, existed, err := winport.CreateKey(written, registry.ALL_ACCESS)
	expect("CreateKey", err, nil)
	expect("CreateKey of one that exists", existed, true)
	key.Close()

	os.Setenv("WINPORT_ROOT", `C:\elsewhere`)
	expect("SysPath below WINPORT_ROOT", winport.SysPath("/etc/app"), `C:\elsewhere\app`)
}
