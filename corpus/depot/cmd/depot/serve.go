package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"example.com/depot/internal/config"
	"example.com/depot/internal/hostinfo"
	"example.com/depot/internal/mirror"
	"example.com/depot/internal/pidfile"
	"example.com/depot/internal/rotate"
	"example.com/depot/internal/store"
	"example.com/depot/internal/web"
)

// beforeServe is run when the configuration is known; platforms add to it.
var beforeServe []func(*log.Logger)

// serve runs the service until a signal or a request ends it.
func serve(dir string, stderr io.Writer) error {
	cfg, err := load(dir)
	if err != nil {
		return err
	}
	logs, err := rotate.Open(cfg.Log.Dir, "depot", cfg.Log.MaxBytes, cfg.Log.Keep)
	if err != nil {
		return err
	}
	defer logs.Close()
	logger := log.New(io.MultiWriter(logs, stderr), "", log.LstdFlags|log.LUTC)
	for _, f := range beforeServe {
		f(logger)
	}
	st, err := store.Open(cfg.StateDir)
	if err != nil {
		return err
	}
	if n, err := st.Sweep(cfg.SweepAfter); err != nil {
		logger.Printf("sweep: %v", err)
	} else if n > 0 {
		logger.Printf("sweep: removed %d uploads that never ended", n)
	}
	if err := pidfile.Write(cfg.RunDir, "depot"); err != nil {
		return fmt.Errorf("pid file: %w", err)
	}
	defer pidfile.Remove(cfg.RunDir, "depot")

	s := &service{dir: dir, logs: logs, logger: logger, store: st, quit: make(chan struct{})}
	if err := s.apply(cfg); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return err
	}
	logger.Printf("%s serves http://%s/ui/", hostinfo.UserAgent(version), listener.Addr())
	srv := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(listener) }()
	if err := s.wait(failed); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return srv.Shutdown(ctx)
}

// service is the part of a running depot that a reload replaces.
type service struct {
	dir    string
	logs   *rotate.Writer
	logger *log.Logger
	store  *store.Store
	quit   chan struct{}
	once   sync.Once

	mu      sync.RWMutex
	handler http.Handler
}

// ServeHTTP hands the request to the handler of the newest configuration.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.RLock()
	h := s.handler
	s.mu.RUnlock()
	h.ServeHTTP(w, r)
}

func (s *service) apply(cfg *config.Config) error {
	server := &web.Server{
		Config: cfg,
		Store:  s.store,
		Log:    s.logs,
		Logger: s.logger,
		Reload: s.reload,
		Quit:   func() { s.once.Do(func() { close(s.quit) }) },
	}
	if cfg.Mirror.URL != "" {
		c, err := mirror.New(cfg.Mirror.URL, cfg.Mirror.Prefix, hostinfo.UserAgent(version))
		if err != nil {
			return err
		}
		server.Mirror = c
	}
	s.mu.Lock()
	s.handler = server.Handler()
	s.mu.Unlock()
	return nil
}

func (s *service) reload() error {
	cfg, err := load(s.dir)
	if err != nil {
		return err
	}
	return s.apply(cfg)
}

// wait returns when the service has to end, with an error if it failed.
func (s *service) wait(failed <-chan error) error {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	for {
		select {
		case err := <-failed:
			if errors.Is(err, http.ErrServerClosed) {
				return nil
			}
			return err
		case <-s.quit:
			return nil
		case sig := <-signals:
			if sig != syscall.SIGHUP {
				s.logger.Printf("%v: stopping", sig)
				return nil
			}
			if err := s.reload(); err != nil {
				s.logger.Printf("SIGHUP: configuration kept: %v", err)
			}
			if err := s.logs.Rotate(); err != nil {
				return err
			}
		}
	}
}
