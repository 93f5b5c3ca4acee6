// Package ledger remembers how jobs ended.
package ledger

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Add appends a line about a job to the ledger in dir.
func Add(dir, job string, at time.Time, result error) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, "ledger.txt"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	verdict := "ok"
	if result != nil {
		verdict = "failed/" + strings.ReplaceAll(result.Error(), "\n", " ")
	}
	_, err = fmt.Fprintf(f, "%s %s %s\n", at.UTC().Format("2006/01/02 15:04"), job, verdict)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// Last returns the newest n lines of the ledger in dir, none if there is no ledger.
func Last(dir string, n int) ([]string, error) {
	f, err := os.Open(filepath.Join(dir, "ledger.txt"))
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var lines []string
	for sc := bufio.NewScanner(f); ; {
		if !sc.Scan() {
			return lines, sc.Err()
		}
		if lines = append(lines, sc.Text()); len(lines) > n {
			lines = lines[1:]
		}
	}
}
