#include "tests/power/recorder.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <map>

namespace daftar::power {
namespace {

struct Descriptor {
  int file;
  bool durable;
};

struct Log {
  std::vector<std::string> files;
  std::map<int, Descriptor> open;
  std::vector<Event> events;
};

// The one recorder of the program: the functions below are called by libraries that know nothing of it.
Log* current = nullptr;

const Descriptor* Watched(int fd) {
  if (current == nullptr) return nullptr;
  const auto at = current->open.find(fd);
  return at == current->open.end() ? nullptr : &at->second;
}

// Records as much as the system took.
void NoteWrite(const Descriptor& to, uint64_t offset, const void* bytes, ssize_t size) {
  if (size <= 0) return;
  const Event::Kind kind = to.durable ? Event::kDurableWrite : Event::kWrite;
  current->events.push_back({kind, to.file, offset, {static_cast<const char*>(bytes), static_cast<size_t>(size)}, 0});
}

int Flushed(int fd, long code) {
  if (const Descriptor* to = Watched(fd); to != nullptr && code == 0) {
    current->events.push_back({Event::kFlush, to->file, 0, "", 0});
  }
  return static_cast<int>(code);
}

}  // namespace

Recorder::Recorder(std::vector<std::string> files) { current = new Log{std::move(files), {}, {}}; }

Recorder::~Recorder() {
  delete current;
  current = nullptr;
}

void Recorder::Mark(int promise, uint64_t value) { current->events.push_back({Event::kMark, promise, 0, "", value}); }

const std::vector<Event>& Recorder::events() const { return current->events; }

}  // namespace daftar::power

using daftar::power::Flushed;
using daftar::power::NoteWrite;
using daftar::power::Watched;

extern "C" {

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const int mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, int) : 0;
  va_end(rest);
  const int fd = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
  if (fd < 0 || daftar::power::current == nullptr) return fd;
  const auto& files = daftar::power::current->files;
  for (size_t file = 0; file < files.size(); ++file) {
    if (files[file] != path) continue;
    daftar::power::current->open[fd] = {static_cast<int>(file), (flags & O_DSYNC) != 0};
  }
  return fd;
}

int close(int fd) {
  if (daftar::power::current != nullptr) daftar::power::current->open.erase(fd);
  return static_cast<int>(::syscall(SYS_close, fd));
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t offset) {
  const ssize_t written = ::syscall(SYS_pwrite64, fd, bytes, size, offset);
  if (const auto* to = Watched(fd)) NoteWrite(*to, static_cast<uint64_t>(offset), bytes, written);
  return written;
}

ssize_t write(int fd, const void* bytes, size_t size) {
  const auto* to = Watched(fd);
  const off_t offset = to == nullptr ? 0 : ::lseek(fd, 0, SEEK_CUR);
  const ssize_t written = ::syscall(SYS_write, fd, bytes, size);
  if (to != nullptr) NoteWrite(*to, static_cast<uint64_t>(offset), bytes, written);
  return written;
}

ssize_t writev(int fd, const iovec* pieces, int count) {
  const auto* to = Watched(fd);
  off_t offset = to == nullptr ? 0 : ::lseek(fd, 0, SEEK_CUR);
  const ssize_t written = ::syscall(SYS_writev, fd, pieces, count);
  ssize_t left = written;
  // Each piece is a page of LMDB, which the disk may keep or lose for itself.
  for (int i = 0; to != nullptr && i < count && left > 0; ++i) {
    const ssize_t own = std::min(left, static_cast<ssize_t>(pieces[i].iov_len));
    NoteWrite(*to, static_cast<uint64_t>(offset), pieces[i].iov_base, own);
    offset += own;
    left -= own;
  }
  return written;
}

int fdatasync(int fd) { return Flushed(fd, ::syscall(SYS_fdatasync, fd)); }
int fsync(int fd) { return Flushed(fd, ::syscall(SYS_fsync, fd)); }

// LMDB cuts no file that it writes to; if it ever does, what is recorded would be wrong.
int ftruncate(int fd, off_t size) {
  if (Watched(fd) != nullptr) {
    std::fputs("a recorded file was cut: the recorder does not know how to lose that\n", stderr);
    std::abort();
  }
  return static_cast<int>(::syscall(SYS_ftruncate, fd, size));
}
}
