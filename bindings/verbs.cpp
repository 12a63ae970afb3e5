// Each verb: convert in, call one thing, convert out.
#include "bindings/verbs.h"

namespace vitrine {
namespace {

// Begins a step of work and takes it back unless keep() was reached.
class Step {
 public:
  explicit Step(Catalog& catalog) : catalog_(catalog) { catalog_.begin(); }
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;
  ~Step() {
    if (kept_) return;
    try {
      catalog_.rollback();
    } catch (const Error&) {
      // The failure on its way out says what happened first.
    }
  }
  void keep() {
    catalog_.commit();
    kept_ = true;
  }

 private:
  Catalog& catalog_;
  bool kept_ = false;
};

// Runs `write`, which gives the key of the row it wrote, and answers with that row.
template <class Write>
void written(OpenCatalog& open, std::uint32_t model, const OrderedJson& request, Answer& answer,
             Write write) {
  Step step(open.catalog);
  const OrderedJson key = write();
  PacketSink sink(answer.packet(), open.shapes);
  open.catalog.get(open.model_name(model), key, request, sink);
  step.keep();
}

}  // namespace

void find(OpenCatalog& open, std::uint32_t model, const OrderedJson& arguments, Answer& answer) {
  PacketSink sink(answer.packet(), open.shapes);
  open.catalog.find(open.model_name(model), arguments.at(0), sink);
}

void get(OpenCatalog& open, std::uint32_t model, const OrderedJson& arguments, Answer& answer) {
  PacketSink sink(answer.packet(), open.shapes);
  open.catalog.get(open.model_name(model), arguments.at(0), arguments.at(1), sink);
}

void count(OpenCatalog& open, std::uint32_t model, const OrderedJson& arguments, Answer& answer) {
  answer.json(open.catalog.count(open.model_name(model), arguments.at(0)));
}

void create(OpenCatalog& open, std::uint32_t model, const OrderedJson& arguments, Answer& answer) {
  written(open, model, arguments.at(1), answer,
          [&] { return open.catalog.create(open.model_name(model), arguments.at(0)); });
}

void update(OpenCatalog& open, std::uint32_t model, const OrderedJson& arguments, Answer& answer) {
  written(open, model, arguments.at(2), answer, [&] {
    return open.catalog.update(open.model_name(model), arguments.at(0), arguments.at(1));
  });
}

void remove(OpenCatalog& open, std::uint32_t model, const OrderedJson& arguments, Answer& answer) {
  OrderedJson removed = OrderedJson::object();
  for (const Removal& removal :
       open.catalog.remove(open.model_name(model), arguments.at(0), arguments.at(1).get<bool>())) {
    if (removal.rows > 0) removed[removal.model->table] = removal.rows;
  }
  answer.json(removed);
}

}  // namespace vitrine
