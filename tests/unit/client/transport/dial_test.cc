#include "client/transport/dial.h"

#include <gmock/gmock.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

namespace daftar {
namespace {

using ::testing::HasSubstr;

constexpr int kWaitMs = 10'000;

// Listens on a free port of 127.0.0.1, and accepts nobody.
class Listener {
 public:
  explicit Listener(int backlog) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(fd_, reinterpret_cast<const sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(fd_, backlog), 0);
    EXPECT_EQ(getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
  }
  ~Listener() { close(fd_); }
  int port() const { return port_; }

 private:
  const int fd_;
  int port_ = 0;
};

TEST(DialTest, AServerThatListensIsReachedByNumberAndByName) {
  const Listener listener(5);
  for (const char* host : {"127.0.0.1", "localhost"}) {
    const StatusOr<int> fd = Dial(host, listener.port(), kWaitMs);
    ASSERT_TRUE(fd.ok()) << host << ": " << fd.status();
    int no_delay = 0;
    socklen_t size = sizeof no_delay;
    EXPECT_EQ(getsockopt(*fd, IPPROTO_TCP, TCP_NODELAY, &no_delay, &size), 0);
    EXPECT_EQ(no_delay, 1);
    close(*fd);
  }
}

TEST(DialTest, APortWhereNobodyListensIsSaidToRefuse) {
  const int port = Listener(5).port();
  const Status status = Dial("127.0.0.1", port, kWaitMs).status();
  EXPECT_EQ(status.code(), StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), HasSubstr("refused"));
}

// The kernel keeps a connection or two for a listener that accepts nobody, and lets the others wait.
TEST(DialTest, AServerThatDoesNotAnswerIsGivenUpWhenTheTimeIsOver) {
  const Listener listener(0);
  std::vector<int> kept;
  Status status;
  for (int i = 0; i < 10 && status.ok(); ++i) {
    const StatusOr<int> fd = Dial("127.0.0.1", listener.port(), 100);
    status = fd.status();
    if (fd.ok()) kept.push_back(*fd);
  }
  EXPECT_EQ(status.code(), StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), HasSubstr("timed out"));
  for (const int fd : kept) close(fd);
}

TEST(DialTest, AHostThatIsNoNameIsSaidToBeUnknown) {
  EXPECT_EQ(Dial("no.such.host.invalid", 7700, kWaitMs).status().code(), StatusCode::kUnavailable);
}

}  // namespace
}  // namespace daftar
