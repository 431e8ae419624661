// One of our programs, run as a user runs it.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace daftar {

// How a program ended, and what it said.
struct Ended {
  int exit_code = -1;  // 128 + the signal, if one killed it
  std::string out, err;
};

// A running program. Destroying it kills it. One thread.
class Program {
 public:
  // The file to run, then its arguments.
  explicit Program(const std::vector<std::string>& command);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // The next line of its standard output, once it is there; empty at the end.
  std::string ReadLine();
  void Signal(int signal);
  // REQUIRES: not waited for.
  pid_t pid() const { return pid_; }
  // Waits until it has ended.
  Ended Wait();

 private:
  pid_t pid_ = -1;
  int out_ = -1, err_ = -1;
  std::string lines_;  // of the output, all that ReadLine has given out
};

// Runs it to its end.
inline Ended RunProgram(const std::vector<std::string>& command) { return Program(command).Wait(); }

}  // namespace daftar
