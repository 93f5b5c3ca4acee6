package winport

import (
	"log"
	"os"
	"syscall"
)

// errNoSyslog is errors.ErrUnsupported where Go has that.
var errNoSyslog error = os.NewSyscallError("syslog", syscall.EWINDOWS)

// SyslogPriority is a severity and a facility.
type SyslogPriority int

// Severities.
const (
	LOG_EMERG SyslogPriority = iota
	LOG_ALERT
	LOG_CRIT
	LOG_ERR
	LOG_WARNING
	LOG_NOTICE
	LOG_INFO
	LOG_DEBUG
)

// Facilities.
const (
	LOG_KERN SyslogPriority = iota << 3
	LOG_USER
	LOG_MAIL
	LOG_DAEMON
	LOG_AUTH
	LOG_SYSLOG
	LOG_LPR
	LOG_NEWS
	LOG_UUCP
	LOG_CRON
	LOG_AUTHPRIV
	LOG_FTP
	_
	_
	_
	_
	LOG_LOCAL0
	LOG_LOCAL1
	LOG_LOCAL2
	LOG_LOCAL3
	LOG_LOCAL4
	LOG_LOCAL5
	LOG_LOCAL6
	LOG_LOCAL7
)

// SyslogWriter is never made: Windows has no syslog.
type SyslogWriter struct{}

// NewSyslog returns an error.
func NewSyslog(priority SyslogPriority, tag string) (*SyslogWriter, error) {
	return nil, errNoSyslog
}

// DialSyslog returns an error.
func DialSyslog(network, raddr string, priority SyslogPriority, tag string) (*SyslogWriter, error) {
	return nil, errNoSyslog
}

// NewSyslogger returns an error.
func NewSyslogger(p SyslogPriority, logFlag int) (*log.Logger, error) {
	return nil, errNoSyslog
}

// Write returns an error.
func (w *SyslogWriter) Write(b []byte) (int, error) { return 0, errNoSyslog }

// Close returns an error.
func (w *SyslogWriter) Close() error { return errNoSyslog }

// Emerg does what Write does.
func (w *SyslogWriter) Emerg(m string) error { return errNoSyslog }

// Alert does what Write does.
func (w *SyslogWriter) Alert(m string) error { return errNoSyslog }

// Crit does what Write does.
func (w *SyslogWriter) Crit(m string) error { return errNoSyslog }

// Err does what Write does.
func (w *SyslogWriter) Err(m string) error { return errNoSyslog }

// Warning does what Write does.
func (w *SyslogWriter) Warning(m string) error { return errNoSyslog }

// Notice does what Write does.
func (w *SyslogWriter) Notice(m string) error { return errNoSyslog }

// Info does what Write does.
func (w *SyslogWriter) Info(m string) error { return errNoSyslog }

// Debug does what Write does.
func (w *SyslogWriter) Debug(m string) error { return errNoSyslog }
