// bare_stream: the floor under tests/bench/sync_peers. What the same libraries take to move and keep the same records
// when nothing is compared, proved, resumed or shown.
//
//   bare_stream --records N --seed S FOLDER       prints one line of JSON
//
// stream   a gRPC server stream of the records, 256 KiB a message, parsed one by one and appended to LMDB under their
//          numbers, with one index by date, durable at the end; once directly, once through a link that counts
// unary    a question and an answer, the server syncing a file before it answers and the client after
// zstd     all records in one file
#include <fcntl.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <lmdb.h>
#include <sys/resource.h>
#include <unistd.h>
#include <zstd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "storage/base/files.h"
#include "tests/bench/sync_peers_cases.h"
#include "tests/link/link_proxy.h"

namespace daftar::bench {
namespace {

using nlohmann::ordered_json;
using Time = std::chrono::steady_clock;

constexpr size_t kMessageBytes = 256 << 10;
constexpr size_t kFrameHead = 4 + 16;  // size, id
constexpr int kQuestions = 300;
constexpr char kStream[] = "/bare/Stream";
constexpr char kUnary[] = "/bare/Unary";

double SecondsSince(Time::time_point begin) { return std::chrono::duration<double>(Time::now() - begin).count(); }
double ProcessorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

grpc::ByteBuffer Buffer(std::string_view bytes) {
  const grpc::Slice slice(bytes.data(), bytes.size());
  return grpc::ByteBuffer(&slice, 1);
}

std::string Text(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  DAFTAR_CHECK(buffer.Dump(&slices).ok());
  std::string text;
  for (const grpc::Slice& slice : slices) text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return text;
}

// A file that is written and synced, as a commit is.
class SyncedFile {
 public:
  explicit SyncedFile(const std::string& path) : fd_(::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600)) {
    DAFTAR_CHECK(fd_ >= 0);
  }
  ~SyncedFile() { ::close(fd_); }
  SyncedFile(const SyncedFile&) = delete;
  SyncedFile& operator=(const SyncedFile&) = delete;
  void Commit() {
    const char page[4096] = {};
    DAFTAR_CHECK(::pwrite(fd_, page, sizeof page, 0) == sizeof page && ::fdatasync(fd_) == 0);
  }

 private:
  const int fd_;
};

// Waits for the next event of a queue that one thread works through; false: it failed.
bool Next(grpc::CompletionQueue& queue) {
  void* tag = nullptr;
  bool ok = false;
  return queue.Next(&tag, &ok) && ok;
}

// Serves one call after the other, on one thread.
class BareServer {
 public:
  BareServer(std::vector<std::string> messages, const std::string& folder)
      : messages_(std::move(messages)), file_(folder + "/server") {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterAsyncGenericService(&service_);
    queue_ = builder.AddCompletionQueue();
    server_ = builder.BuildAndStart();
    DAFTAR_CHECK(server_ != nullptr);
    thread_ = std::thread([this] { Run(); });
  }
  ~BareServer() {
    server_->Shutdown();
    queue_->Shutdown();
    thread_.join();
  }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  void Run() {
    bool running = true;
    while (running) {
      grpc::GenericServerContext context;
      grpc::GenericServerAsyncReaderWriter stream(&context);
      service_.RequestCall(&context, &stream, queue_.get(), queue_.get(), nullptr);
      running = Next(*queue_);
      if (!running) break;
      grpc::ByteBuffer question;
      stream.Read(&question, nullptr);
      running = Next(*queue_);
      if (context.method() == kUnary) {
        file_.Commit();
        stream.Write(question, nullptr);
        running = running && Next(*queue_);
      } else {
        for (const std::string& message : messages_) {
          stream.Write(Buffer(message), nullptr);
          running = running && Next(*queue_);
        }
      }
      stream.Finish(grpc::Status::OK, nullptr);
      running = Next(*queue_) && running;
    }
    void* tag = nullptr;
    for (bool ok = false; queue_->Next(&tag, &ok);) continue;
  }

  const std::vector<std::string> messages_;
  SyncedFile file_;
  int port_ = 0;
  grpc::AsyncGenericService service_;
  std::unique_ptr<grpc::ServerCompletionQueue> queue_;
  std::unique_ptr<grpc::Server> server_;
  std::thread thread_;
};

class BareClient {
 public:
  explicit BareClient(const std::string& address)
      : stub_(grpc::CreateChannel(address, grpc::InsecureChannelCredentials())) {}
  ~BareClient() {
    queue_.Shutdown();
    void* tag = nullptr;
    for (bool ok = false; queue_.Next(&tag, &ok);) continue;
  }
  BareClient(const BareClient&) = delete;
  BareClient& operator=(const BareClient&) = delete;

  // Asks, and gives `take` each message of the answer.
  template <typename Take>
  void Ask(const char* method, Take take) {
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    auto stream = stub_.PrepareCall(&context, method, &queue_);
    stream->StartCall(nullptr);
    DAFTAR_CHECK(Next(queue_));
    stream->WriteLast(Buffer("?"), {}, nullptr);
    DAFTAR_CHECK(Next(queue_));
    grpc::ByteBuffer message;
    for (stream->Read(&message, nullptr); Next(queue_); stream->Read(&message, nullptr)) take(Text(message));
    grpc::Status status;
    stream->Finish(&status, nullptr);
    DAFTAR_CHECK(Next(queue_) && status.ok());
  }

 private:
  grpc::GenericStub stub_;
  grpc::CompletionQueue queue_;
};

// Records under their numbers and an index by date, in one transaction.
class BareStore {
 public:
  explicit BareStore(const std::string& folder) {
    DAFTAR_CHECK(MakeFolder(folder).ok());
    DAFTAR_CHECK(mdb_env_create(&env_) == 0 && mdb_env_set_mapsize(env_, 64ull << 30) == 0);
    DAFTAR_CHECK(mdb_env_set_maxdbs(env_, 2) == 0 && mdb_env_open(env_, folder.c_str(), 0, 0600) == 0);
    DAFTAR_CHECK(mdb_txn_begin(env_, nullptr, 0, &txn_) == 0);
    DAFTAR_CHECK(mdb_dbi_open(txn_, "records", MDB_CREATE, &records_) == 0);
    DAFTAR_CHECK(mdb_dbi_open(txn_, "by_date", MDB_CREATE, &by_date_) == 0);
  }
  ~BareStore() { mdb_env_close(env_); }
  BareStore(const BareStore&) = delete;
  BareStore& operator=(const BareStore&) = delete;

  void Take(std::string_view message) {
    while (!message.empty()) {
      size_t size = 0;
      for (size_t i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(message[i]);
      std::string_view record = message.substr(kFrameHead, size - 16);
      message.remove_prefix(4 + size);
      v1::Incident incident;  // other kinds come first and are few; they parse as unknown fields, or not at all
      const bool parsed = incident.ParseFromArray(record.data(), static_cast<int>(record.size()));
      const int day = parsed && incident.account_size() > 0 ? incident.account(0).date().first_day() : 0;
      std::string key = BigEndian(++number_);
      Append(records_, key, record);
      days_.push_back(BigEndian(static_cast<uint32_t>(day) ^ 0x80000000u) + key);
    }
  }
  void Commit() {
    std::sort(days_.begin(), days_.end());
    for (const std::string& day : days_) Append(by_date_, day, "");
    DAFTAR_CHECK(mdb_txn_commit(txn_) == 0);
  }
  uint32_t records() const { return number_; }

 private:
  static std::string BigEndian(uint32_t number) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xff);
    return bytes;
  }
  void Append(MDB_dbi table, std::string_view key, std::string_view value) {
    MDB_val k{key.size(), const_cast<char*>(key.data())}, v{value.size(), const_cast<char*>(value.data())};
    DAFTAR_CHECK(mdb_put(txn_, table, &k, &v, MDB_APPEND) == 0);
  }

  MDB_env* env_ = nullptr;
  MDB_txn* txn_ = nullptr;
  MDB_dbi records_ = 0, by_date_ = 0;
  uint32_t number_ = 0;
  std::vector<std::string> days_;
};

// Seconds until all is durable.
double Stream(const std::string& address, const std::string& folder, uint64_t records) {
  BareClient client(address);
  client.Ask(kUnary, [](const std::string&) {});  // connected
  BareStore store(folder);
  const auto begin = Time::now();
  client.Ask(kStream, [&store](const std::string& message) { store.Take(message); });
  store.Commit();
  DAFTAR_CHECK(store.records() == records);
  return SecondsSince(begin);
}

double UnaryMedianMs(const std::string& address, const std::string& folder) {
  BareClient client(address);
  SyncedFile file(folder + "/client");
  std::vector<double> times;
  for (int i = 0; i < kQuestions; ++i) {
    const auto begin = Time::now();
    client.Ask(kUnary, [](const std::string&) {});
    file.Commit();
    times.push_back(SecondsSince(begin) * 1000);
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

ordered_json Compressed(const std::string& all, int level) {
  const double begin = ProcessorSeconds();
  std::string out(ZSTD_compressBound(all.size()), '\0');
  const size_t size = ZSTD_compress(out.data(), out.size(), all.data(), all.size(), level);
  DAFTAR_CHECK(ZSTD_isError(size) == 0);
  return {{"bytes", size}, {"cpu_s", ProcessorSeconds() - begin}};
}

ordered_json Measure(const SyncCases& cases, const std::string& folder, bool compress) {
  DAFTAR_CHECK(MakeFolder(folder).ok());
  std::vector<std::string> messages(1);
  std::string all;
  for (Rid rid = 1; rid <= cases.total(); ++rid) {
    const Record record = cases.generator().At(rid);
    messages.back() += FramedRecord(record.id(), record.message());
    if (compress) all += record.message().SerializeAsString();
    if (messages.back().size() >= kMessageBytes && rid < cases.total()) messages.emplace_back();
  }
  ordered_json json{{"records", cases.total()}};
  const BareServer server(std::move(messages), folder);
  const double before = ProcessorSeconds();
  json["stream_s"] = Stream(server.address(), folder + "/direct", cases.total());
  json["stream_cpu_s"] = ProcessorSeconds() - before;
  auto link = LinkProxy::Start(server.address());
  DAFTAR_CHECK(link.ok());
  json["linked_stream_s"] = Stream((*link)->address(), folder + "/linked", cases.total());
  const LinkCounters counters = (*link)->counters();
  json["wire_bytes"] = counters.up.delivered + counters.down.delivered;
  json["unary_ms"] = UnaryMedianMs(server.address(), folder);
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  json["peak_mb"] = static_cast<double>(usage.ru_maxrss) / 1024;
  if (compress) {
    json["zstd_3"] = Compressed(all, 3);
    json["zstd_19"] = Compressed(all, 19);
  }
  return json;
}

}  // namespace
}  // namespace daftar::bench

int main(int argc, char** argv) {
  CLI::App app("What the bare libraries take for what tests/bench/sync_peers measures.");
  uint64_t records = 20'000, seed = 1;
  std::string folder;
  bool compress = true;
  app.add_option("--records", records)->check(CLI::Range(uint64_t{100}, uint64_t{10'000'000}));
  app.add_option("--seed", seed);
  app.add_flag("!--no-zstd", compress, "leave compression out");
  app.add_option("folder", folder, "new; for files")->required();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const daftar::bench::SyncCases cases(records, seed);
  std::cout << daftar::bench::Measure(cases, folder, compress).dump() << std::endl;
  return 0;
}
