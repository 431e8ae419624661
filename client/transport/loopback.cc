#include "client/transport/loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <charconv>
#include <optional>
#include <string>
#include <utility>

namespace daftar {
namespace {

std::optional<int> PortOf(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && port > 0 && port <= 65535 ? std::optional(port) : std::nullopt;
}

// Of "host:port" or "[host]:port"; nullopt if it is neither.
std::optional<HostAndPort> Split(std::string_view address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::optional<int> port = PortOf(address.substr(colon + 1));
  if (!port) return std::nullopt;
  const std::string_view host = address.substr(0, colon);
  if (host.front() == '[' && host.back() == ']')
    return HostAndPort{std::string(host.substr(1, host.size() - 2)), *port};
  if (host.find(':') != std::string_view::npos) return std::nullopt;
  return HostAndPort{std::string(host), *port};
}

bool IsLoopbackHost(const std::string& host) {
  if (host == "localhost") return true;
  in_addr v4{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace

StatusOr<HostAndPort> ReadPlaintextAddress(std::string_view address) {
  const std::string shown(address);
  std::optional<HostAndPort> read = Split(address);
  if (!read) {
    return InvalidArgument("\"" + shown + "\" is not a server's address; write host:port, such as 127.0.0.1:7700");
  }
  if (!IsLoopbackHost(read->host)) {
    return FailedPrecondition("will not connect to " + shown +
                              ": the connection would be readable by anyone on the way, so only servers on this "
                              "machine (127.0.0.1, [::1], localhost) can be reached");
  }
  return *std::move(read);
}

}  // namespace daftar
