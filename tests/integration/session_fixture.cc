#include "tests/integration/session_fixture.h"

#include <utility>
#include <vector>

#include "server/app/sample.h"

namespace daftar {
namespace {

constexpr char kPlace[] = "sample:Kevron";

Record Place(Workstation& station) {
  auto view = station.Read();
  DAFTAR_CHECK(view.ok());
  auto id = (*view)->Resolve(kPlace);
  DAFTAR_CHECK(id.ok());
  auto record = (*view)->Get(*id);
  DAFTAR_CHECK(record.ok() && record->has_value());
  return **record;
}

}  // namespace

void SessionTest::SetUp() {
  auto made = Dataset::Create(home_.File("server"), clock_, random_);
  ASSERT_TRUE(made.ok()) << made.status();
  auto sample = SampleMutation(clock_);
  ASSERT_TRUE(sample.ok()) << sample.status();
  const Status committed = CommitSample((*made)->log(), *sample);
  ASSERT_TRUE(committed.ok()) << committed;
  made->reset();
  StartServer();
}

void SessionTest::StartServer() {
  auto opened = Dataset::Open(home_.File("server"), clock_);
  ASSERT_TRUE(opened.ok()) << opened.status();
  dataset_ = *std::move(opened);
  auto started = RpcServer::Start(*dataset_, ServerOptions());
  ASSERT_TRUE(started.ok()) << started.status();
  server_ = *std::move(started);
  port_ = server_->port();
}

RpcServer::Options SessionTest::ServerOptions() {
  return {.listen = {.address = address(), .insecure_loopback = true}};
}

std::unique_ptr<Connector> SessionTest::ConnectorOf(Workstation&) { return MakeGrpcConnector(address()); }

void SessionTest::StopServer() {
  server_.reset();
  dataset_.reset();
}

std::unique_ptr<Workstation> SessionTest::NewStation(const std::string& name) {
  auto made = Workstation::Create(home_.File(name), address(), name, clock_, random_);
  DAFTAR_CHECK(made.ok());
  return *std::move(made);
}

StatusOr<SyncReport> SessionTest::Sync(Workstation& station) { return RunSync(station, *ConnectorOf(station), {}); }

void SessionTest::WriteNotes(Workstation& station, const std::string& text) {
  const Record place = Place(station);
  auto edited = std::make_shared<v1::Place>(place.place());
  edited->set_notes(text);
  const std::vector<Edit> edits{{place.id(), v1::RecordKind::PLACE, edited}};
  auto checked = station.Check(edits, "seen there");
  ASSERT_TRUE(checked.ok()) << checked.status();
  ASSERT_TRUE(checked->problems.empty()) << checked->problems[0].path << ": " << checked->problems[0].message;
  const auto queued = station.Queue(checked->mutation);
  ASSERT_TRUE(queued.ok()) << queued.status();
}

std::string SessionTest::ReadNotes(Workstation& station) { return Place(station).notes(); }

Follower::Follower(Workstation& station, std::unique_ptr<Connector> connector, Revision until)
    : connector_(std::move(connector)), until_(until) {
  RunOptions options{.engine = {.watch = true}};
  options.on_progress = [this](const SyncReport& report) { return OnProgress(report); };
  outcome_ =
      std::async(std::launch::async, [this, &station, options] { return RunSync(station, *connector_, options); });
}

bool Follower::OnProgress(const SyncReport& report) {
  if (report.checkpoints > 0 && !said_so_) {
    said_so_ = true;
    caught_up_.set_value();
  }
  return report.to < until_;
}

}  // namespace daftar
