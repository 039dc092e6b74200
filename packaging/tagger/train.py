"""Trains the network, and reads posts with it."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as functional
from network import LABELS, TaggerNetwork, fresh, vocabulary
from posts import CATEGORIES, Post

ROUNDS = 8
BATCH = 32
RATE, HEADS_RATE = 2.5e-4, 1.5e-3
DECAY = 0.01
WARM_UP = 0.1
DROPOUT = 0.1
HIDDEN_WORDS = 0.05  # the share of word pieces that a round hides, so that none is leaned on alone
POST_SHARE = 0.5  # what the post's own loss counts beside that of the pieces
_MASK = 103  # the base's id of a hidden piece
_UNLABELLED = -100


@dataclass(frozen=True)
class Item:
    """A post as the network sees it. `labels[i]` is 0 for none, 1.. for a category, -100 for what is no word."""

    ids: list[int]
    labels: list[int]
    post: list[float]
    places: list[tuple[int, int]]


@dataclass(frozen=True)
class Read:
    """What the network says of a post: probabilities (n, 14) by piece and (13,) of the post; places of the pieces."""

    post: Post
    pieces: np.ndarray
    whole: np.ndarray
    places: list[tuple[int, int]]


def train(posts: Sequence[Post], seed: int = 1, rounds: int = ROUNDS) -> TaggerNetwork:
    """A network that has read the posts. The same posts and seed give the same network on the same computer.

    Computes in bfloat16 beside weights kept in float32. The word vectors of the base stay as they are: too few words
    are in the posts to move them all, and what is moved would part from what is not.
    """
    random.seed(seed)
    items = [item_of(post) for post in posts]
    network = fresh(seed, DROPOUT)
    network.encoder.embeddings.word_embeddings.requires_grad_(False)
    kept = {name: value.detach().clone().float() for name, value in network.named_parameters()}
    network.bfloat16()
    pairs = []
    groups = []
    for name, value in network.named_parameters():
        if not value.requires_grad:
            continue
        exact = torch.nn.Parameter(kept[name])
        exact.grad = torch.zeros_like(exact)
        pairs.append((value, exact))
        rate = RATE if name.startswith("encoder") else HEADS_RATE
        decay = 0.0 if "bias" in name or "LayerNorm" in name else DECAY
        groups.append({"params": [exact], "lr": rate, "weight_decay": decay})
    optimizer = torch.optim.AdamW(groups, fused=True)
    steps = math.ceil(len(items) / BATCH) * rounds
    warm = max(1, int(WARM_UP * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: step / warm if step < warm else max(0.0, (steps - step) / (steps - warm))
    )
    network.train()
    for number in range(rounds):
        losses = []
        for batch in _batches(items):
            loss = _loss(network, batch)
            loss.backward()
            for value, exact in pairs:
                exact.grad.copy_(value.grad)
                value.grad = None
            torch.nn.utils.clip_grad_norm_([exact for _, exact in pairs], 1.0)
            optimizer.step()
            schedule.step()
            with torch.no_grad():
                for value, exact in pairs:
                    value.copy_(exact)
            losses.append(loss.item())
        print(f"round {number + 1} of {rounds}: loss {sum(losses) / len(losses):.4f}", flush=True)
    network.float()
    for value, exact in pairs:
        value.data.copy_(exact.data)
    return network.eval()


def read(network: TaggerNetwork, posts: Sequence[Post]) -> Iterator[Read]:
    """What the network says of each post."""
    with torch.no_grad():
        for start in range(0, len(posts), BATCH):
            some = posts[start : start + BATCH]
            items = [item_of(post) for post in some]
            ids, mask, _, _ = _padded(items)
            pieces, whole = network(ids, mask)
            for row, (post, item) in enumerate(zip(some, items, strict=True)):
                own = pieces[row, : len(item.ids)].softmax(-1).numpy()
                yield Read(post, own, whole[row].sigmoid().numpy(), item.places)


def item_of(post: Post) -> Item:
    """The post cut into word pieces, each with the category of the span it touches."""
    encoded = _WORDS.encode(post.text)
    labels = [_UNLABELLED if end <= start else 0 for start, end in encoded.offsets]
    for number, (start, end) in enumerate(encoded.offsets):
        for first, last, category in post.spans:
            if end > start and start < last and end > first:
                labels[number] = CATEGORIES.index(category) + 1
    marked = {category for *_, category in post.spans}
    whole = [1.0 if category in marked else 0.0 for category in CATEGORIES]
    return Item(encoded.ids, labels, whole, encoded.offsets)


_WORDS = vocabulary()


def _loss(network: TaggerNetwork, items: Sequence[Item]) -> torch.Tensor:
    ids, mask, labels, whole = _padded(items)
    hidden = (torch.rand(ids.shape) < HIDDEN_WORDS) & (labels >= 0)
    pieces, post = network(ids.masked_fill(hidden, _MASK), mask)
    by_piece = functional.cross_entropy(
        pieces.float().reshape(-1, LABELS), labels.reshape(-1), ignore_index=_UNLABELLED
    )
    return by_piece + POST_SHARE * functional.binary_cross_entropy_with_logits(post.float(), whole)


def _batches(items: Sequence[Item]) -> list[list[Item]]:
    """Batches of posts of like length, in random order."""
    order = list(range(len(items)))
    random.shuffle(order)
    found = []
    for start in range(0, len(order), BATCH * 20):
        some = sorted(order[start : start + BATCH * 20], key=lambda number: len(items[number].ids))
        found += [[items[number] for number in some[at : at + BATCH]] for at in range(0, len(some), BATCH)]
    random.shuffle(found)
    return found


def _padded(items: Sequence[Item]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(item.ids) for item in items)
    ids = torch.zeros(len(items), longest, dtype=torch.long)
    mask = torch.zeros_like(ids)
    labels = torch.full_like(ids, _UNLABELLED)
    for row, item in enumerate(items):
        size = len(item.ids)
        ids[row, :size] = torch.tensor(item.ids)
        mask[row, :size] = 1
        labels[row, :size] = torch.tensor(item.labels)
    return ids, mask, labels, torch.tensor([item.post for item in items])
