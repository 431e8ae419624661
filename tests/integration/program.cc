#include "tests/integration/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <utility>

#include "storage/base/status.h"

namespace daftar {
namespace {

// Everything from the descriptor, which is closed then.
std::string ReadAll(int fd) {
  std::string all;
  char buffer[4096];
  for (ssize_t size; (size = read(fd, buffer, sizeof buffer)) > 0;) all.append(buffer, static_cast<size_t>(size));
  close(fd);
  return all;
}

}  // namespace

Program::Program(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  int out[2];
  DAFTAR_CHECK(pipe2(out, O_CLOEXEC) == 0);
  // A file in memory, so that talk never makes the program wait.
  err_ = memfd_create("stderr", MFD_CLOEXEC);
  DAFTAR_CHECK(err_ >= 0);
  pid_ = fork();
  DAFTAR_CHECK(pid_ >= 0);
  if (pid_ == 0) {
    dup2(out[1], STDOUT_FILENO);
    dup2(err_, STDERR_FILENO);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  close(out[1]);
  out_ = out[0];
}

Program::~Program() {
  if (pid_ < 0) return;
  Signal(SIGKILL);
  Wait();
}

std::string Program::ReadLine() {
  std::string line;
  for (char c = 0; read(out_, &c, 1) == 1 && c != '\n';) line += c;
  lines_ += line + "\n";
  return line;
}

void Program::Signal(int signal) { DAFTAR_CHECK(kill(pid_, signal) == 0); }

Ended Program::Wait() {
  Ended ended;
  ended.out = std::exchange(lines_, {}) + ReadAll(out_);
  int status = 0;
  DAFTAR_CHECK(waitpid(std::exchange(pid_, -1), &status, 0) > 0);
  ended.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  lseek(err_, 0, SEEK_SET);
  ended.err = ReadAll(err_);
  return ended;
}

}  // namespace daftar
