// Blocking loopback sockets, for tests that talk through a link.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace daftar {

// One end of a connection, or a listener. Closed when destroyed. Each call waits until it is done, 20 s at most.
class TestSocket {
 public:
  TestSocket() = default;
  explicit TestSocket(int fd);
  TestSocket(TestSocket&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  TestSocket& operator=(TestSocket&& other) noexcept;
  ~TestSocket() { Close(); }

  // On a free port of loopback.
  static TestSocket Listen();
  // Not open() if it is refused.
  static TestSocket Connect(int port);
  TestSocket Accept();
  int port() const;
  bool open() const { return fd_ >= 0; }

  // False if the connection broke.
  bool Send(std::string_view bytes);
  // What there is, one read; empty at the end or when it broke.
  std::string Receive(size_t most = 64 << 10);
  // Up to so many bytes, fewer if it ends or breaks before.
  std::string ReceiveAll(size_t size);
  // How the last Receive ended: 0, or the error: ECONNRESET …
  int error() const { return error_; }
  // Whether something could be received now.
  bool Waiting() const;
  // No more will be sent; receiving goes on.
  void EndSending();
  void Close();
  void CloseWithReset();
  // Bytes that the socket takes without anybody reading, until it would have to wait.
  size_t Fill();

 private:
  int fd_ = -1;
  int error_ = 0;
};

}  // namespace daftar
