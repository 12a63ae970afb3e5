// See the header.
#include "support/power_loss.h"

#include <algorithm>
#include <utility>

namespace vitrine::testing {

namespace {

class RecordingHandle : public Handle {
 public:
  RecordingHandle(std::unique_ptr<Handle> inner, int file, std::vector<FileOperation>& log)
      : inner_(std::move(inner)), file_(file), log_(log) {}

  std::int64_t read(void* target, std::size_t size_bytes, std::int64_t at) noexcept override {
    return inner_->read(target, size_bytes, at);
  }
  std::int64_t write(const void* source, std::size_t size_bytes,
                     std::int64_t at) noexcept override {
    log_.push_back({file_, FileOperation::write, static_cast<std::size_t>(at),
                    std::string(static_cast<const char*>(source), size_bytes)});
    return inner_->write(source, size_bytes, at);
  }
  std::int64_t truncate(std::int64_t size_bytes) noexcept override {
    log_.push_back({file_, FileOperation::truncate, static_cast<std::size_t>(size_bytes), ""});
    return inner_->truncate(size_bytes);
  }
  std::int64_t flush() noexcept override {
    log_.push_back({file_, FileOperation::flush, 0, ""});
    return inner_->flush();
  }
  std::int64_t size() noexcept override { return inner_->size(); }

 private:
  std::unique_ptr<Handle> inner_;
  int file_;
  std::vector<FileOperation>& log_;
};

void put(std::string& file, std::size_t at, std::string_view bytes) {
  if (file.size() < at + bytes.size()) file.resize(at + bytes.size());
  std::copy(bytes.begin(), bytes.end(), file.begin() + static_cast<std::ptrdiff_t>(at));
}

void apply_to(std::string& file, const FileOperation& operation) {
  if (operation.kind == FileOperation::truncate) file.resize(operation.at);
  if (operation.kind == FileOperation::write) put(file, operation.at, operation.bytes);
}

bool coin(std::mt19937& random) { return (random() & 1) != 0; }

// Some sectors of a write.
void apply_torn(std::string& file, const FileOperation& write, std::mt19937& random) {
  const std::size_t stop = write.at + write.bytes.size();
  for (std::size_t from = write.at; from < stop;) {
    const std::size_t to = std::min(stop, (from / Disk::kSectorBytes + 1) * Disk::kSectorBytes);
    if (coin(random)) {
      put(file, from, std::string_view(write.bytes).substr(from - write.at, to - from));
    }
    from = to;
  }
}

void apply_loss(std::string& file, const FileOperation& operation, std::size_t place, Loss loss,
                std::mt19937& random) {
  const bool is_first = place == 0;
  if (loss == Loss::loses_all) return;
  if (loss == Loss::loses_first && is_first) return;
  if (loss == Loss::keeps_first && !is_first) return;
  if (loss == Loss::keeps_some && coin(random)) return;
  if (loss == Loss::tears && operation.kind == FileOperation::write) {
    apply_torn(file, operation, random);
    return;
  }
  if (loss == Loss::tears && coin(random)) return;
  apply_to(file, operation);
}

}  // namespace

HandleFiles RecordedFiles::open() {
  HandleFiles handles = files.open();
  int file = 0;
  for (auto* handle : {&handles.main, &handles.wal, &handles.journal}) {
    *handle = std::make_unique<RecordingHandle>(std::move(*handle), file++, log);
  }
  return handles;
}

Disk::Disk(const MemoryFiles& start)
    : files_{File{start.main, {}}, File{start.wal, {}}, File{start.journal, {}}} {}

void Disk::apply(const FileOperation& operation) {
  File& file = files_[static_cast<std::size_t>(operation.file)];
  if (operation.kind != FileOperation::flush) {
    file.waiting.push_back(operation);
    return;
  }
  for (const FileOperation& waiting : file.waiting) apply_to(file.durable, waiting);
  file.waiting.clear();
}

MemoryFiles Disk::after(Loss loss, std::mt19937& random) const {
  MemoryFiles left;
  std::array<std::string*, 3> results{&left.main, &left.wal, &left.journal};
  for (std::size_t i = 0; i < files_.size(); ++i) {
    *results[i] = files_[i].durable;
    for (std::size_t place = 0; place < files_[i].waiting.size(); ++place) {
      apply_loss(*results[i], files_[i].waiting[place], place, loss, random);
    }
  }
  return left;
}

bool Disk::is_settled() const {
  return std::all_of(files_.begin(), files_.end(),
                     [](const File& file) { return file.waiting.empty(); });
}

}  // namespace vitrine::testing
