package ledger

import (
	"errors"
	"reflect"
	"testing"
	"time"
)

func TestAddAndLast(t *testing.T) {
	dir := t.TempDir()
	if lines, err := Last(dir, 2); err != nil || lines != nil {
		t.Errorf("empty ledger: %q, %v", lines, err)
	}
	at := time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)
	for i, err := range []error{nil, errors.New("no\nluck"), nil} {
		if err := Add(dir, "backup", at.Add(time.Duration(i)*time.Minute), err); err != nil {
			t.Fatal(err)
		}
	}
	lines, err := Last(dir, 2)
	want := []string{"2024/02/29 12:01 backup failed/no luck", "2024/02/29 12:02 backup ok"}
	if err != nil || !reflect.DeepEqual(lines, want) {
		t.Errorf("Last = %q, %v", lines, err)
	}
}
