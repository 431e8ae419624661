#include "tools/relay/delivery.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "daftar/v1/frames.pb.h"
#include "storage/view/changes.h"

namespace daftar {
namespace {

constexpr size_t kMostInFlight = 16;

// One neighbour's session.
class Courier {
 public:
  Courier(CarriedPushes& carried, const std::string& client, const DeliveryTimes& times, Delivered& delivered)
      : carried_(carried), client_(client), times_(times), delivered_(delivered) {}

  Status Run(Connector& connector) {
    DAFTAR_ASSIGN_OR_RETURN(link_, connector.Connect(times_.connect_timeout_ms));
    DAFTAR_RETURN_IF_ERROR(SayHello());
    for (uint64_t after = 0;;) {
      DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::Mutation> pushes, carried_.Waiting(client_, after, kMostInFlight));
      if (pushes.empty()) return OkStatus();
      size_t sent = 0;
      for (const v1::Mutation& push : pushes) {
        if (!Follows(push)) break;
        v1::ClientFrame frame;
        *frame.mutable_push() = push;
        DAFTAR_RETURN_IF_ERROR(link_->Send(frame));
        after = push.seq();
        ++sent;
      }
      for (size_t answers = 0; answers < sent; ++answers) DAFTAR_RETURN_IF_ERROR(TakeAnswer());
      if (sent < pushes.size()) return DropFrom(pushes[sent].seq());
    }
  }

 private:
  Status SayHello() {
    v1::ClientFrame hello;
    hello.mutable_hello()->set_protocol(kProtocol);
    hello.mutable_hello()->set_client(client_);
    hello.mutable_hello()->set_only_push(true);
    DAFTAR_RETURN_IF_ERROR(link_->Send(hello));
    DAFTAR_ASSIGN_OR_RETURN(const v1::ServerFrame frame, Receive());
    if (!frame.has_welcome()) return FailedPrecondition("the server did not greet first");
    if (frame.welcome().action() == v1::Welcome::Action::UPGRADE)
      return FailedPrecondition("the server speaks a newer protocol; what is carried waits for a newer Daftar here");
    to_relay_ = frame.welcome().relay();
    last_seq_ = frame.welcome().last_seq();
    return OkStatus();
  }

  // Whether the server has all that comes before the push. A relay takes whatever there is.
  bool Follows(const v1::Mutation& push) {
    if (!to_relay_ && !push.first() && push.seq() > last_seq_ + 1) return false;
    last_seq_ = std::max(last_seq_, push.seq());
    return true;
  }

  Status TakeAnswer() {
    for (;;) {
      DAFTAR_ASSIGN_OR_RETURN(const v1::ServerFrame frame, Receive());
      if (frame.has_push_result()) {
        // What a relay says is no answer of the server's.
        if (to_relay_) return CountHandedOn();
        ++delivered_.answered;
        return carried_.Answer(client_, frame.push_result());
      }
      if (frame.has_carried()) return CountHandedOn();
    }
  }

  Status CountHandedOn() {
    ++delivered_.handed_on;
    return OkStatus();
  }

  Status DropFrom(uint64_t seq) {
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t before, carried_.WaitingCount());
    DAFTAR_RETURN_IF_ERROR(carried_.Drop(client_, seq));
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t after, carried_.WaitingCount());
    delivered_.dropped += before - after;
    return OkStatus();
  }

  StatusOr<v1::ServerFrame> Receive() {
    for (;;) {
      DAFTAR_ASSIGN_OR_RETURN(Link::Event event, link_->Receive(times_.silence_ms));
      if (event.kind == Link::Event::kTimeout)
        return Unavailable("the server has been silent for too long; what is carried waits on");
      if (event.kind != Link::Event::kFrame) continue;
      if (event.frame.has_notice() && event.frame.notice().going_away())
        return Unavailable("the server is stopping; what is carried waits on");
      return std::move(event.frame);
    }
  }

  CarriedPushes& carried_;
  const std::string& client_;
  const DeliveryTimes& times_;
  Delivered& delivered_;
  std::unique_ptr<Link> link_;
  bool to_relay_ = false;
  uint64_t last_seq_ = 0;
};

}  // namespace

StatusOr<Delivered> DeliverCarried(CarriedPushes& carried, Connector& connector, const DeliveryTimes& times) {
  Delivered delivered;
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<std::string> clients, carried.WaitingClients());
  Status failed;
  for (const std::string& client : clients) {
    const Status status = Courier(carried, client, times, delivered).Run(connector);
    if (status.code() == StatusCode::kUnavailable || status.code() == StatusCode::kCancelled) return status;
    if (failed.ok()) failed = status;  // of one neighbour: the others' may go through
  }
  DAFTAR_RETURN_IF_ERROR(failed);
  return delivered;
}

}  // namespace daftar
