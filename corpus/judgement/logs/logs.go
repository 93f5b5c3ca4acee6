// Package logs writes to files and says where.
package logs

import (
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"go.uber.org/zap"
)

// Dir is where logs go; main sets it from a flag.
var Dir = "/var/log/hauler" //@ host

// current is the open log.
var current io.WriteCloser

// Open opens the log of a component.
func Open(component string) error {
	file := Dir + "/" + component + ".log" //@ host
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o640)
	if err != nil {
		return fmt.Errorf("log %s/%s: %w", Dir, component, err) //@ text
	}
	current = f
	log.SetOutput(f)
	log.SetPrefix("hauler/" + component + ": ") //@ text
	return nil
}

// Stage logs the progress of a job.
func Stage(l *zap.Logger, job string, step, steps int) {
	l.Info("step", zap.String("job", job), zap.String("progress", fmt.Sprintf("%d/%d", step, steps))) //@ text
}

// Failed logs the failure of a task of a job.
func Failed(l *zap.Logger, job, task string, err error) {
	l.Error("failed: "+job+"/"+task, zap.String("error", err.Error())) //@ text
}

// Caller returns file:line of the caller, with the directory of the file.
func Caller() string {
	_, file, line, ok := runtime.Caller(1)
	if !ok {
		return "?"
	}
	if i := strings.LastIndex(file, "/"); i >= 0 { //@ slash
		if j := strings.LastIndex(file[:i], "/"); j >= 0 { //@ slash
			file = file[j+1:]
		}
	}
	return fmt.Sprintf("%s:%d", file, line)
}

// Archive moves logs older than a day into a directory for their month.
func Archive(now time.Time) error {
	month := Dir + "/" + now.Format("2006-01") //@ host
	if err := os.MkdirAll(month, 0o750); err != nil {
		return err
	}
	return filepath.Walk(Dir, func(p string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() || now.Sub(info.ModTime()) < 24*time.Hour {
			return err
		}
		dest := month + p[strings.LastIndex(p, "/"):] //@ host strings.LastIndex(p, "/")
		if strings.HasPrefix(p, month+"/") {          //@ host strings.HasPrefix(p, month+"/")
			return nil
		}
		log.Printf("%s -> %s/", p, month) //@ text
		return os.Rename(p, dest)
	})
}

// Rate describes a throughput.
func Rate(bytes int64, d time.Duration) string {
	return fmt.Sprint(bytes, " B", "/", d) //@ text
}

// Banner is written at the start of each log.
func Banner(version string) string {
	var b strings.Builder
	b.WriteString("hauler/" + version + "\n")                                      //@ text
	b.WriteString("platform " + runtime.GOOS + "/" + runtime.GOARCH + "\n")        //@ text
	b.WriteString("usage: put files into dir + \"/\" + name, or see the manual\n") //@ text
	return b.String()
}
