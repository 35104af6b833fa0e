# class: 11 compile-time bombs
# expect: compile_error
# how: a ladder of 4 000 elif branches, each nested in the one before
def f(xs):
    if xs == 0:
        return 0
    elif xs == 1:
        return 1
    elif xs == 2:
        return 2
    elif xs == 3:
        return 3
    elif xs == 4:
        return 4
    elif xs == 5:
        return 5
    elif xs == 6:
        return 6
    elif xs == 7:
        return 7
    elif xs == 8:
        return 8
    elif xs == 9:
        return 9
    elif xs == 10:
        return 10
    elif xs == 11:
        return 11
    elif xs == 12:
        return 12
    elif xs == 13:
        return 13
    elif xs == 14:
        return 14
    elif xs == 15:
        return 15
    elif xs == 16:
        return 16
    elif xs == 17:
        return 17
    elif xs == 18:
        return 18
    elif xs == 19:
        return 19
    elif xs == 20:
        return 20
    elif xs == 21:
        return 21
    elif xs == 22:
        return 22
    elif xs == 23:
        return 23
    elif xs == 24:
        return 24
    elif xs == 25:
        return 25
    elif xs == 26:
        return 26
    elif xs == 27:
        return 27
    elif xs == 28:
        return 28
    elif xs == 29:
        return 29
    elif xs == 30:
        return 30
    elif xs == 31:
        return 31
    elif xs == 32:
        return 32
    elif xs == 33:
        return 33
    elif xs == 34:
        return 34
    elif xs == 35:
        return 35
    elif xs == 36:
        return 36
    elif xs == 37:
        return 37
    elif xs == 38:
        return 38
    elif xs == 39:
        return 39
    elif xs == 40:
        return 40
    elif xs == 41:
        return 41
    elif xs == 42:
        return 42
    elif xs == 43:
        return 43
    elif xs == 44:
        return 44
    elif xs == 45:
        return 45
    elif xs == 46:
        return 46
    elif xs == 47:
        return 47
    elif xs == 48:
        return 48
    elif xs == 49:
        return 49
    elif xs == 50:
        return 50
    elif xs == 51:
        return 51
    elif xs == 52:
        return 52
    elif xs == 53:
        return 53
    elif xs == 54:
        return 54
    elif xs == 55:
        return 55
    elif xs == 56:
        return 56
    elif xs == 57:
        return 57
    elif xs == 58:
        return 58
    elif xs == 59:
        return 59
    elif xs == 60:
        return 60
    elif xs == 61:
        return 61
    elif xs == 62:
        return 62
    elif xs == 63:
        return 63
    elif xs == 64:
        return 64
    elif xs == 65:
        return 65
    elif xs == 66:
        return 66
    elif xs == 67:
        return 67
    elif xs == 68:
        return 68
    elif xs == 69:
        return 69
    elif xs == 70:
        return 70
    elif xs == 71:
        return 71
    elif xs == 72:
        return 72
    elif xs == 73:
        return 73
    elif xs == 74:
        return 74
    elif xs == 75:
        return 75
    elif xs == 76:
        return 76
    elif xs == 77:
        return 77
    elif xs == 78:
        return 78
    elif xs == 79:
        return 79
    elif xs == 80:
        return 80
    elif xs == 81:
        return 81
    elif xs == 82:
        return 82
    elif xs == 83:
        return 83
    elif xs == 84:
        return 84
    elif xs == 85:
        return 85
    elif xs == 86:
        return 86
    elif xs == 87:
        return 87
    elif xs == 88:
        return 88
    elif xs == 89:
        return 89
    elif xs == 90:
        return 90
    elif xs == 91:
        return 91
    elif xs == 92:
        return 92
    elif xs == 93:
        return 93
    elif xs == 94:
        return 94
    elif xs == 95:
        return 95
    elif xs == 96:
        return 96
    elif xs == 97:
        return 97
    elif xs == 98:
        return 98
    elif xs == 99:
        return 99
    elif xs == 100:
        return 100
    elif xs == 101:
        return 101
    elif xs == 102:
        return 102
    elif xs == 103:
        return 103
    elif xs == 104:
        return 104
    elif xs == 105:
        return 105
    elif xs == 106:
        return 106
    elif xs == 107:
        return 107
    elif xs == 108:
        return 108
    elif xs == 109:
        return 109
    elif xs == 110:
        return 110
    elif xs == 111:
        return 111
    elif xs == 112:
        return 112
    elif xs == 113:
        return 113
    elif xs == 114:
        return 114
    elif xs == 115:
        return 115
    elif xs == 116:
        return 116
    elif xs == 117:
        return 117
    elif xs == 118:
        return 118
    elif xs == 119:
        return 119
    elif xs == 120:
        return 120
    elif xs == 121:
        return 121
    elif xs == 122:
        return 122
    elif xs == 123:
        return 123
    elif xs == 124:
        return 124
    elif xs == 125:
        return 125
    elif xs == 126:
        return 126
    elif xs == 127:
        return 127
    elif xs == 128:
        return 128
    elif xs == 129:
        return 129
    elif xs == 130:
        return 130
    elif xs == 131:
        return 131
    elif xs == 132:
        return 132
    elif xs == 133:
        return 133
    elif xs == 134:
        return 134
    elif xs == 135:
        return 135
    elif xs == 136:
        return 136
    elif xs == 137:
        return 137
    elif xs == 138:
        return 138
    elif xs == 139:
        return 139
    elif xs == 140:
        return 140
    elif xs == 141:
        return 141
    elif xs == 142:
        return 142
    elif xs == 143:
        return 143
    elif xs == 144:
        return 144
    elif xs == 145:
        return 145
    elif xs == 146:
        return 146
    elif xs == 147:
        return 147
    elif xs == 148:
        return 148
    elif xs == 149:
        return 149
    elif xs == 150:
        return 150
    elif xs == 151:
        return 151
    elif xs == 152:
        return 152
    elif xs == 153:
        return 153
    elif xs == 154:
        return 154
    elif xs == 155:
        return 155
    elif xs == 156:
        return 156
    elif xs == 157:
        return 157
    elif xs == 158:
        return 158
    elif xs == 159:
        return 159
    elif xs == 160:
        return 160
    elif xs == 161:
        return 161
    elif xs == 162:
        return 162
    elif xs == 163:
        return 163
    elif xs == 164:
        return 164
    elif xs == 165:
        return 165
    elif xs == 166:
        return 166
    elif xs == 167:
        return 167
    elif xs == 168:
        return 168
    elif xs == 169:
        return 169
    elif xs == 170:
        return 170
    elif xs == 171:
        return 171
    elif xs == 172:
        return 172
    elif xs == 173:
        return 173
    elif xs == 174:
        return 174
    elif xs == 175:
        return 175
    elif xs == 176:
        return 176
    elif xs == 177:
        return 177
    elif xs == 178:
        return 178
    elif xs == 179:
        return 179
    elif xs == 180:
        return 180
    elif xs == 181:
        return 181
    elif xs == 182:
        return 182
    elif xs == 183:
        return 183
    elif xs == 184:
        return 184
    elif xs == 185:
        return 185
    elif xs == 186:
        return 186
    elif xs == 187:
        return 187
    elif xs == 188:
        return 188
    elif xs == 189:
        return 189
    elif xs == 190:
        return 190
    elif xs == 191:
        return 191
    elif xs == 192:
        return 192
    elif xs == 193:
        return 193
    elif xs == 194:
        return 194
    elif xs == 195:
        return 195
    elif xs == 196:
        return 196
    elif xs == 197:
        return 197
    elif xs == 198:
        return 198
    elif xs == 199:
        return 199
    elif xs == 200:
        return 200
    elif xs == 201:
        return 201
    elif xs == 202:
        return 202
    elif xs == 203:
        return 203
    elif xs == 204:
        return 204
    elif xs == 205:
        return 205
    elif xs == 206:
        return 206
    elif xs == 207:
        return 207
    elif xs == 208:
        return 208
    elif xs == 209:
        return 209
    elif xs == 210:
        return 210
    elif xs == 211:
        return 211
    elif xs == 212:
        return 212
    elif xs == 213:
        return 213
    elif xs == 214:
        return 214
    elif xs == 215:
        return 215
    elif xs == 216:
        return 216
    elif xs == 217:
        return 217
    elif xs == 218:
        return 218
    elif xs == 219:
        return 219
    elif xs == 220:
        return 220
    elif xs == 221:
        return 221
    elif xs == 222:
        return 222
    elif xs == 223:
        return 223
    elif xs == 224:
        return 224
    elif xs == 225:
        return 225
    elif xs == 226:
        return 226
    elif xs == 227:
        return 227
    elif xs == 228:
        return 228
    elif xs == 229:
        return 229
    elif xs == 230:
        return 230
    elif xs == 231:
        return 231
    elif xs == 232:
        return 232
    elif xs == 233:
        return 233
    elif xs == 234:
        return 234
    elif xs == 235:
        return 235
    elif xs == 236:
        return 236
    elif xs == 237:
        return 237
    elif xs == 238:
        return 238
    elif xs == 239:
        return 239
    elif xs == 240:
        return 240
    elif xs == 241:
        return 241
    elif xs == 242:
        return 242
    elif xs == 243:
        return 243
    elif xs == 244:
        return 244
    elif xs == 245:
        return 245
    elif xs == 246:
        return 246
    elif xs == 247:
        return 247
    elif xs == 248:
        return 248
    elif xs == 249:
        return 249
    elif xs == 250:
        return 250
    elif xs == 251:
        return 251
    elif xs == 252:
        return 252
    elif xs == 253:
        return 253
    elif xs == 254:
        return 254
    elif xs == 255:
        return 255
    elif xs == 256:
        return 256
    elif xs == 257:
        return 257
    elif xs == 258:
        return 258
    elif xs == 259:
        return 259
    elif xs == 260:
        return 260
    elif xs == 261:
        return 261
    elif xs == 262:
        return 262
    elif xs == 263:
        return 263
    elif xs == 264:
        return 264
    elif xs == 265:
        return 265
    elif xs == 266:
        return 266
    elif xs == 267:
        return 267
    elif xs == 268:
        return 268
    elif xs == 269:
        return 269
    elif xs == 270:
        return 270
    elif xs == 271:
        return 271
    elif xs == 272:
        return 272
    elif xs == 273:
        return 273
    elif xs == 274:
        return 274
    elif xs == 275:
        return 275
    elif xs == 276:
        return 276
    elif xs == 277:
        return 277
    elif xs == 278:
        return 278
    elif xs == 279:
        return 279
    elif xs == 280:
        return 280
    elif xs == 281:
        return 281
    elif xs == 282:
        return 282
    elif xs == 283:
        return 283
    elif xs == 284:
        return 284
    elif xs == 285:
        return 285
    elif xs == 286:
        return 286
    elif xs == 287:
        return 287
    elif xs == 288:
        return 288
    elif xs == 289:
        return 289
    elif xs == 290:
        return 290
    elif xs == 291:
        return 291
    elif xs == 292:
        return 292
    elif xs == 293:
        return 293
    elif xs == 294:
        return 294
    elif xs == 295:
        return 295
    elif xs == 296:
        return 296
    elif xs == 297:
        return 297
    elif xs == 298:
        return 298
    elif xs == 299:
        return 299
    elif xs == 300:
        return 300
    elif xs == 301:
        return 301
    elif xs == 302:
        return 302
    elif xs == 303:
        return 303
    elif xs == 304:
        return 304
    elif xs == 305:
        return 305
    elif xs == 306:
        return 306
    elif xs == 307:
        return 307
    elif xs == 308:
        return 308
    elif xs == 309:
        return 309
    elif xs == 310:
        return 310
    elif xs == 311:
        return 311
    elif xs == 312:
        return 312
    elif xs == 313:
        return 313
    elif xs == 314:
        return 314
    elif xs == 315:
        return 315
    elif xs == 316:
        return 316
    elif xs == 317:
        return 317
    elif xs == 318:
        return 318
    elif xs == 319:
        return 319
    elif xs == 320:
        return 320
    elif xs == 321:
        return 321
    elif xs == 322:
        return 322
    elif xs == 323:
        return 323
    elif xs == 324:
        return 324
    elif xs == 325:
        return 325
    elif xs == 326:
        return 326
    elif xs == 327:
        return 327
    elif xs == 328:
        return 328
    elif xs == 329:
        return 329
    elif xs == 330:
        return 330
    elif xs == 331:
        return 331
    elif xs == 332:
        return 332
    elif xs == 333:
        return 333
    elif xs == 334:
        return 334
    elif xs == 335:
        return 335
    elif xs == 336:
        return 336
    elif xs == 337:
        return 337
    elif xs == 338:
        return 338
    elif xs == 339:
        return 339
    elif xs == 340:
        return 340
    elif xs == 341:
        return 341
    elif xs == 342:
        return 342
    elif xs == 343:
        return 343
    elif xs == 344:
        return 344
    elif xs == 345:
        return 345
    elif xs == 346:
        return 346
    elif xs == 347:
        return 347
    elif xs == 348:
        return 348
    elif xs == 349:
        return 349
    elif xs == 350:
        return 350
    elif xs == 351:
        return 351
    elif xs == 352:
        return 352
    elif xs == 353:
        return 353
    elif xs == 354:
        return 354
    elif xs == 355:
        return 355
    elif xs == 356:
        return 356
    elif xs == 357:
        return 357
    elif xs == 358:
        return 358
    elif xs == 359:
        return 359
    elif xs == 360:
        return 360
    elif xs == 361:
        return 361
    elif xs == 362:
        return 362
    elif xs == 363:
        return 363
    elif xs == 364:
        return 364
    elif xs == 365:
        return 365
    elif xs == 366:
        return 366
    elif xs == 367:
        return 367
    elif xs == 368:
        return 368
    elif xs == 369:
        return 369
    elif xs == 370:
        return 370
    elif xs == 371:
        return 371
    elif xs == 372:
        return 372
    elif xs == 373:
        return 373
    elif xs == 374:
        return 374
    elif xs == 375:
        return 375
    elif xs == 376:
        return 376
    elif xs == 377:
        return 377
    elif xs == 378:
        return 378
    elif xs == 379:
        return 379
    elif xs == 380:
        return 380
    elif xs == 381:
        return 381
    elif xs == 382:
        return 382
    elif xs == 383:
        return 383
    elif xs == 384:
        return 384
    elif xs == 385:
        return 385
    elif xs == 386:
        return 386
    elif xs == 387:
        return 387
    elif xs == 388:
        return 388
    elif xs == 389:
        return 389
    elif xs == 390:
        return 390
    elif xs == 391:
        return 391
    elif xs == 392:
        return 392
    elif xs == 393:
        return 393
    elif xs == 394:
        return 394
    elif xs == 395:
        return 395
    elif xs == 396:
        return 396
    elif xs == 397:
        return 397
    elif xs == 398:
        return 398
    elif xs == 399:
        return 399
    elif xs == 400:
        return 400
    elif xs == 401:
        return 401
    elif xs == 402:
        return 402
    elif xs == 403:
        return 403
    elif xs == 404:
        return 404
    elif xs == 405:
        return 405
    elif xs == 406:
        return 406
    elif xs == 407:
        return 407
    elif xs == 408:
        return 408
    elif xs == 409:
        return 409
    elif xs == 410:
        return 410
    elif xs == 411:
        return 411
    elif xs == 412:
        return 412
    elif xs == 413:
        return 413
    elif xs == 414:
        return 414
    elif xs == 415:
        return 415
    elif xs == 416:
        return 416
    elif xs == 417:
        return 417
    elif xs == 418:
        return 418
    elif xs == 419:
        return 419
    elif xs == 420:
        return 420
    elif xs == 421:
        return 421
    elif xs == 422:
        return 422
    elif xs == 423:
        return 423
    elif xs == 424:
        return 424
    elif xs == 425:
        return 425
    elif xs == 426:
        return 426
    elif xs == 427:
        return 427
    elif xs == 428:
        return 428
    elif xs == 429:
        return 429
    elif xs == 430:
        return 430
    elif xs == 431:
        return 431
    elif xs == 432:
        return 432
    elif xs == 433:
        return 433
    elif xs == 434:
        return 434
    elif xs == 435:
        return 435
    elif xs == 436:
        return 436
    elif xs == 437:
        return 437
    elif xs == 438:
        return 438
    elif xs == 439:
        return 439
    elif xs == 440:
        return 440
    elif xs == 441:
        return 441
    elif xs == 442:
        return 442
    elif xs == 443:
        return 443
    elif xs == 444:
        return 444
    elif xs == 445:
        return 445
    elif xs == 446:
        return 446
    elif xs == 447:
        return 447
    elif xs == 448:
        return 448
    elif xs == 449:
        return 449
    elif xs == 450:
        return 450
    elif xs == 451:
        return 451
    elif xs == 452:
        return 452
    elif xs == 453:
        return 453
    elif xs == 454:
        return 454
    elif xs == 455:
        return 455
    elif xs == 456:
        return 456
    elif xs == 457:
        return 457
    elif xs == 458:
        return 458
    elif xs == 459:
        return 459
    elif xs == 460:
        return 460
    elif xs == 461:
        return 461
    elif xs == 462:
        return 462
    elif xs == 463:
        return 463
    elif xs == 464:
        return 464
    elif xs == 465:
        return 465
    elif xs == 466:
        return 466
    elif xs == 467:
        return 467
    elif xs == 468:
        return 468
    elif xs == 469:
        return 469
    elif xs == 470:
        return 470
    elif xs == 471:
        return 471
    elif xs == 472:
        return 472
    elif xs == 473:
        return 473
    elif xs == 474:
        return 474
    elif xs == 475:
        return 475
    elif xs == 476:
        return 476
    elif xs == 477:
        return 477
    elif xs == 478:
        return 478
    elif xs == 479:
        return 479
    elif xs == 480:
        return 480
    elif xs == 481:
        return 481
    elif xs == 482:
        return 482
    elif xs == 483:
        return 483
    elif xs == 484:
        return 484
    elif xs == 485:
        return 485
    elif xs == 486:
        return 486
    elif xs == 487:
        return 487
    elif xs == 488:
        return 488
    elif xs == 489:
        return 489
    elif xs == 490:
        return 490
    elif xs == 491:
        return 491
    elif xs == 492:
        return 492
    elif xs == 493:
        return 493
    elif xs == 494:
        return 494
    elif xs == 495:
        return 495
    elif xs == 496:
        return 496
    elif xs == 497:
        return 497
    elif xs == 498:
        return 498
    elif xs == 499:
        return 499
    elif xs == 500:
        return 500
    elif xs == 501:
        return 501
    elif xs == 502:
        return 502
    elif xs == 503:
        return 503
    elif xs == 504:
        return 504
    elif xs == 505:
        return 505
    elif xs == 506:
        return 506
    elif xs == 507:
        return 507
    elif xs == 508:
        return 508
    elif xs == 509:
        return 509
    elif xs == 510:
        return 510
    elif xs == 511:
        return 511
    elif xs == 512:
        return 512
    elif xs == 513:
        return 513
    elif xs == 514:
        return 514
    elif xs == 515:
        return 515
    elif xs == 516:
        return 516
    elif xs == 517:
        return 517
    elif xs == 518:
        return 518
    elif xs == 519:
        return 519
    elif xs == 520:
        return 520
    elif xs == 521:
        return 521
    elif xs == 522:
        return 522
    elif xs == 523:
        return 523
    elif xs == 524:
        return 524
    elif xs == 525:
        return 525
    elif xs == 526:
        return 526
    elif xs == 527:
        return 527
    elif xs == 528:
        return 528
    elif xs == 529:
        return 529
    elif xs == 530:
        return 530
    elif xs == 531:
        return 531
    elif xs == 532:
        return 532
    elif xs == 533:
        return 533
    elif xs == 534:
        return 534
    elif xs == 535:
        return 535
    elif xs == 536:
        return 536
    elif xs == 537:
        return 537
    elif xs == 538:
        return 538
    elif xs == 539:
        return 539
    elif xs == 540:
        return 540
    elif xs == 541:
        return 541
    elif xs == 542:
        return 542
    elif xs == 543:
        return 543
    elif xs == 544:
        return 544
    elif xs == 545:
        return 545
    elif xs == 546:
        return 546
    elif xs == 547:
        return 547
    elif xs == 548:
        return 548
    elif xs == 549:
        return 549
    elif xs == 550:
        return 550
    elif xs == 551:
        return 551
    elif xs == 552:
        return 552
    elif xs == 553:
        return 553
    elif xs == 554:
        return 554
    elif xs == 555:
        return 555
    elif xs == 556:
        return 556
    elif xs == 557:
        return 557
    elif xs == 558:
        return 558
    elif xs == 559:
        return 559
    elif xs == 560:
        return 560
    elif xs == 561:
        return 561
    elif xs == 562:
        return 562
    elif xs == 563:
        return 563
    elif xs == 564:
        return 564
    elif xs == 565:
        return 565
    elif xs == 566:
        return 566
    elif xs == 567:
        return 567
    elif xs == 568:
        return 568
    elif xs == 569:
        return 569
    elif xs == 570:
        return 570
    elif xs == 571:
        return 571
    elif xs == 572:
        return 572
    elif xs == 573:
        return 573
    elif xs == 574:
        return 574
    elif xs == 575:
        return 575
    elif xs == 576:
        return 576
    elif xs == 577:
        return 577
    elif xs == 578:
        return 578
    elif xs == 579:
        return 579
    elif xs == 580:
        return 580
    elif xs == 581:
        return 581
    elif xs == 582:
        return 582
    elif xs == 583:
        return 583
    elif xs == 584:
        return 584
    elif xs == 585:
        return 585
    elif xs == 586:
        return 586
    elif xs == 587:
        return 587
    elif xs == 588:
        return 588
    elif xs == 589:
        return 589
    elif xs == 590:
        return 590
    elif xs == 591:
        return 591
    elif xs == 592:
        return 592
    elif xs == 593:
        return 593
    elif xs == 594:
        return 594
    elif xs == 595:
        return 595
    elif xs == 596:
        return 596
    elif xs == 597:
        return 597
    elif xs == 598:
        return 598
    elif xs == 599:
        return 599
    elif xs == 600:
        return 600
    elif xs == 601:
        return 601
    elif xs == 602:
        return 602
    elif xs == 603:
        return 603
    elif xs == 604:
        return 604
    elif xs == 605:
        return 605
    elif xs == 606:
        return 606
    elif xs == 607:
        return 607
    elif xs == 608:
        return 608
    elif xs == 609:
        return 609
    elif xs == 610:
        return 610
    elif xs == 611:
        return 611
    elif xs == 612:
        return 612
    elif xs == 613:
        return 613
    elif xs == 614:
        return 614
    elif xs == 615:
        return 615
    elif xs == 616:
        return 616
    elif xs == 617:
        return 617
    elif xs == 618:
        return 618
    elif xs == 619:
        return 619
    elif xs == 620:
        return 620
    elif xs == 621:
        return 621
    elif xs == 622:
        return 622
    elif xs == 623:
        return 623
    elif xs == 624:
        return 624
    elif xs == 625:
        return 625
    elif xs == 626:
        return 626
    elif xs == 627:
        return 627
    elif xs == 628:
        return 628
    elif xs == 629:
        return 629
    elif xs == 630:
        return 630
    elif xs == 631:
        return 631
    elif xs == 632:
        return 632
    elif xs == 633:
        return 633
    elif xs == 634:
        return 634
    elif xs == 635:
        return 635
    elif xs == 636:
        return 636
    elif xs == 637:
        return 637
    elif xs == 638:
        return 638
    elif xs == 639:
        return 639
    elif xs == 640:
        return 640
    elif xs == 641:
        return 641
    elif xs == 642:
        return 642
    elif xs == 643:
        return 643
    elif xs == 644:
        return 644
    elif xs == 645:
        return 645
    elif xs == 646:
        return 646
    elif xs == 647:
        return 647
    elif xs == 648:
        return 648
    elif xs == 649:
        return 649
    elif xs == 650:
        return 650
    elif xs == 651:
        return 651
    elif xs == 652:
        return 652
    elif xs == 653:
        return 653
    elif xs == 654:
        return 654
    elif xs == 655:
        return 655
    elif xs == 656:
        return 656
    elif xs == 657:
        return 657
    elif xs == 658:
        return 658
    elif xs == 659:
        return 659
    elif xs == 660:
        return 660
    elif xs == 661:
        return 661
    elif xs == 662:
        return 662
    elif xs == 663:
        return 663
    elif xs == 664:
        return 664
    elif xs == 665:
        return 665
    elif xs == 666:
        return 666
    elif xs == 667:
        return 667
    elif xs == 668:
        return 668
    elif xs == 669:
        return 669
    elif xs == 670:
        return 670
    elif xs == 671:
        return 671
    elif xs == 672:
        return 672
    elif xs == 673:
        return 673
    elif xs == 674:
        return 674
    elif xs == 675:
        return 675
    elif xs == 676:
        return 676
    elif xs == 677:
        return 677
    elif xs == 678:
        return 678
    elif xs == 679:
        return 679
    elif xs == 680:
        return 680
    elif xs == 681:
        return 681
    elif xs == 682:
        return 682
    elif xs == 683:
        return 683
    elif xs == 684:
        return 684
    elif xs == 685:
        return 685
    elif xs == 686:
        return 686
    elif xs == 687:
        return 687
    elif xs == 688:
        return 688
    elif xs == 689:
        return 689
    elif xs == 690:
        return 690
    elif xs == 691:
        return 691
    elif xs == 692:
        return 692
    elif xs == 693:
        return 693
    elif xs == 694:
        return 694
    elif xs == 695:
        return 695
    elif xs == 696:
        return 696
    elif xs == 697:
        return 697
    elif xs == 698:
        return 698
    elif xs == 699:
        return 699
    elif xs == 700:
        return 700
    elif xs == 701:
        return 701
    elif xs == 702:
        return 702
    elif xs == 703:
        return 703
    elif xs == 704:
        return 704
    elif xs == 705:
        return 705
    elif xs == 706:
        return 706
    elif xs == 707:
        return 707
    elif xs == 708:
        return 708
    elif xs == 709:
        return 709
    elif xs == 710:
        return 710
    elif xs == 711:
        return 711
    elif xs == 712:
        return 712
    elif xs == 713:
        return 713
    elif xs == 714:
        return 714
    elif xs == 715:
        return 715
    elif xs == 716:
        return 716
    elif xs == 717:
        return 717
    elif xs == 718:
        return 718
    elif xs == 719:
        return 719
    elif xs == 720:
        return 720
    elif xs == 721:
        return 721
    elif xs == 722:
        return 722
    elif xs == 723:
        return 723
    elif xs == 724:
        return 724
    elif xs == 725:
        return 725
    elif xs == 726:
        return 726
    elif xs == 727:
        return 727
    elif xs == 728:
        return 728
    elif xs == 729:
        return 729
    elif xs == 730:
        return 730
    elif xs == 731:
        return 731
    elif xs == 732:
        return 732
    elif xs == 733:
        return 733
    elif xs == 734:
        return 734
    elif xs == 735:
        return 735
    elif xs == 736:
        return 736
    elif xs == 737:
        return 737
    elif xs == 738:
        return 738
    elif xs == 739:
        return 739
    elif xs == 740:
        return 740
    elif xs == 741:
        return 741
    elif xs == 742:
        return 742
    elif xs == 743:
        return 743
    elif xs == 744:
        return 744
    elif xs == 745:
        return 745
    elif xs == 746:
        return 746
    elif xs == 747:
        return 747
    elif xs == 748:
        return 748
    elif xs == 749:
        return 749
    elif xs == 750:
        return 750
    elif xs == 751:
        return 751
    elif xs == 752:
        return 752
    elif xs == 753:
        return 753
    elif xs == 754:
        return 754
    elif xs == 755:
        return 755
    elif xs == 756:
        return 756
    elif xs == 757:
        return 757
    elif xs == 758:
        return 758
    elif xs == 759:
        return 759
    elif xs == 760:
        return 760
    elif xs == 761:
        return 761
    elif xs == 762:
        return 762
    elif xs == 763:
        return 763
    elif xs == 764:
        return 764
    elif xs == 765:
        return 765
    elif xs == 766:
        return 766
    elif xs == 767:
        return 767
    elif xs == 768:
        return 768
    elif xs == 769:
        return 769
    elif xs == 770:
        return 770
    elif xs == 771:
        return 771
    elif xs == 772:
        return 772
    elif xs == 773:
        return 773
    elif xs == 774:
        return 774
    elif xs == 775:
        return 775
    elif xs == 776:
        return 776
    elif xs == 777:
        return 777
    elif xs == 778:
        return 778
    elif xs == 779:
        return 779
    elif xs == 780:
        return 780
    elif xs == 781:
        return 781
    elif xs == 782:
        return 782
    elif xs == 783:
        return 783
    elif xs == 784:
        return 784
    elif xs == 785:
        return 785
    elif xs == 786:
        return 786
    elif xs == 787:
        return 787
    elif xs == 788:
        return 788
    elif xs == 789:
        return 789
    elif xs == 790:
        return 790
    elif xs == 791:
        return 791
    elif xs == 792:
        return 792
    elif xs == 793:
        return 793
    elif xs == 794:
        return 794
    elif xs == 795:
        return 795
    elif xs == 796:
        return 796
    elif xs == 797:
        return 797
    elif xs == 798:
        return 798
    elif xs == 799:
        return 799
    elif xs == 800:
        return 800
    elif xs == 801:
        return 801
    elif xs == 802:
        return 802
    elif xs == 803:
        return 803
    elif xs == 804:
        return 804
    elif xs == 805:
        return 805
    elif xs == 806:
        return 806
    elif xs == 807:
        return 807
    elif xs == 808:
        return 808
    elif xs == 809:
        return 809
    elif xs == 810:
        return 810
    elif xs == 811:
        return 811
    elif xs == 812:
        return 812
    elif xs == 813:
        return 813
    elif xs == 814:
        return 814
    elif xs == 815:
        return 815
    elif xs == 816:
        return 816
    elif xs == 817:
        return 817
    elif xs == 818:
        return 818
    elif xs == 819:
        return 819
    elif xs == 820:
        return 820
    elif xs == 821:
        return 821
    elif xs == 822:
        return 822
    elif xs == 823:
        return 823
    elif xs == 824:
        return 824
    elif xs == 825:
        return 825
    elif xs == 826:
        return 826
    elif xs == 827:
        return 827
    elif xs == 828:
        return 828
    elif xs == 829:
        return 829
    elif xs == 830:
        return 830
    elif xs == 831:
        return 831
    elif xs == 832:
        return 832
    elif xs == 833:
        return 833
    elif xs == 834:
        return 834
    elif xs == 835:
        return 835
    elif xs == 836:
        return 836
    elif xs == 837:
        return 837
    elif xs == 838:
        return 838
    elif xs == 839:
        return 839
    elif xs == 840:
        return 840
    elif xs == 841:
        return 841
    elif xs == 842:
        return 842
    elif xs == 843:
        return 843
    elif xs == 844:
        return 844
    elif xs == 845:
        return 845
    elif xs == 846:
        return 846
    elif xs == 847:
        return 847
    elif xs == 848:
        return 848
    elif xs == 849:
        return 849
    elif xs == 850:
        return 850
    elif xs == 851:
        return 851
    elif xs == 852:
        return 852
    elif xs == 853:
        return 853
    elif xs == 854:
        return 854
    elif xs == 855:
        return 855
    elif xs == 856:
        return 856
    elif xs == 857:
        return 857
    elif xs == 858:
        return 858
    elif xs == 859:
        return 859
    elif xs == 860:
        return 860
    elif xs == 861:
        return 861
    elif xs == 862:
        return 862
    elif xs == 863:
        return 863
    elif xs == 864:
        return 864
    elif xs == 865:
        return 865
    elif xs == 866:
        return 866
    elif xs == 867:
        return 867
    elif xs == 868:
        return 868
    elif xs == 869:
        return 869
    elif xs == 870:
        return 870
    elif xs == 871:
        return 871
    elif xs == 872:
        return 872
    elif xs == 873:
        return 873
    elif xs == 874:
        return 874
    elif xs == 875:
        return 875
    elif xs == 876:
        return 876
    elif xs == 877:
        return 877
    elif xs == 878:
        return 878
    elif xs == 879:
        return 879
    elif xs == 880:
        return 880
    elif xs == 881:
        return 881
    elif xs == 882:
        return 882
    elif xs == 883:
        return 883
    elif xs == 884:
        return 884
    elif xs == 885:
        return 885
    elif xs == 886:
        return 886
    elif xs == 887:
        return 887
    elif xs == 888:
        return 888
    elif xs == 889:
        return 889
    elif xs == 890:
        return 890
    elif xs == 891:
        return 891
    elif xs == 892:
        return 892
    elif xs == 893:
        return 893
    elif xs == 894:
        return 894
    elif xs == 895:
        return 895
    elif xs == 896:
        return 896
    elif xs == 897:
        return 897
    elif xs == 898:
        return 898
    elif xs == 899:
        return 899
    elif xs == 900:
        return 900
    elif xs == 901:
        return 901
    elif xs == 902:
        return 902
    elif xs == 903:
        return 903
    elif xs == 904:
        return 904
    elif xs == 905:
        return 905
    elif xs == 906:
        return 906
    elif xs == 907:
        return 907
    elif xs == 908:
        return 908
    elif xs == 909:
        return 909
    elif xs == 910:
        return 910
    elif xs == 911:
        return 911
    elif xs == 912:
        return 912
    elif xs == 913:
        return 913
    elif xs == 914:
        return 914
    elif xs == 915:
        return 915
    elif xs == 916:
        return 916
    elif xs == 917:
        return 917
    elif xs == 918:
        return 918
    elif xs == 919:
        return 919
    elif xs == 920:
        return 920
    elif xs == 921:
        return 921
    elif xs == 922:
        return 922
    elif xs == 923:
        return 923
    elif xs == 924:
        return 924
    elif xs == 925:
        return 925
    elif xs == 926:
        return 926
    elif xs == 927:
        return 927
    elif xs == 928:
        return 928
    elif xs == 929:
        return 929
    elif xs == 930:
        return 930
    elif xs == 931:
        return 931
    elif xs == 932:
        return 932
    elif xs == 933:
        return 933
    elif xs == 934:
        return 934
    elif xs == 935:
        return 935
    elif xs == 936:
        return 936
    elif xs == 937:
        return 937
    elif xs == 938:
        return 938
    elif xs == 939:
        return 939
    elif xs == 940:
        return 940
    elif xs == 941:
        return 941
    elif xs == 942:
        return 942
    elif xs == 943:
        return 943
    elif xs == 944:
        return 944
    elif xs == 945:
        return 945
    elif xs == 946:
        return 946
    elif xs == 947:
        return 947
    elif xs == 948:
        return 948
    elif xs == 949:
        return 949
    elif xs == 950:
        return 950
    elif xs == 951:
        return 951
    elif xs == 952:
        return 952
    elif xs == 953:
        return 953
    elif xs == 954:
        return 954
    elif xs == 955:
        return 955
    elif xs == 956:
        return 956
    elif xs == 957:
        return 957
    elif xs == 958:
        return 958
    elif xs == 959:
        return 959
    elif xs == 960:
        return 960
    elif xs == 961:
        return 961
    elif xs == 962:
        return 962
    elif xs == 963:
        return 963
    elif xs == 964:
        return 964
    elif xs == 965:
        return 965
    elif xs == 966:
        return 966
    elif xs == 967:
        return 967
    elif xs == 968:
        return 968
    elif xs == 969:
        return 969
    elif xs == 970:
        return 970
    elif xs == 971:
        return 971
    elif xs == 972:
        return 972
    elif xs == 973:
        return 973
    elif xs == 974:
        return 974
    elif xs == 975:
        return 975
    elif xs == 976:
        return 976
    elif xs == 977:
        return 977
    elif xs == 978:
        return 978
    elif xs == 979:
        return 979
    elif xs == 980:
        return 980
    elif xs == 981:
        return 981
    elif xs == 982:
        return 982
    elif xs == 983:
        return 983
    elif xs == 984:
        return 984
    elif xs == 985:
        return 985
    elif xs == 986:
        return 986
    elif xs == 987:
        return 987
    elif xs == 988:
        return 988
    elif xs == 989:
        return 989
    elif xs == 990:
        return 990
    elif xs == 991:
        return 991
    elif xs == 992:
        return 992
    elif xs == 993:
        return 993
    elif xs == 994:
        return 994
    elif xs == 995:
        return 995
    elif xs == 996:
        return 996
    elif xs == 997:
        return 997
    elif xs == 998:
        return 998
    elif xs == 999:
        return 999
    elif xs == 1000:
        return 1000
    elif xs == 1001:
        return 1001
    elif xs == 1002:
        return 1002
    elif xs == 1003:
        return 1003
    elif xs == 1004:
        return 1004
    elif xs == 1005:
        return 1005
    elif xs == 1006:
        return 1006
    elif xs == 1007:
        return 1007
    elif xs == 1008:
        return 1008
    elif xs == 1009:
        return 1009
    elif xs == 1010:
        return 1010
    elif xs == 1011:
        return 1011
    elif xs == 1012:
        return 1012
    elif xs == 1013:
        return 1013
    elif xs == 1014:
        return 1014
    elif xs == 1015:
        return 1015
    elif xs == 1016:
        return 1016
    elif xs == 1017:
        return 1017
    elif xs == 1018:
        return 1018
    elif xs == 1019:
        return 1019
    elif xs == 1020:
        return 1020
    elif xs == 1021:
        return 1021
    elif xs == 1022:
        return 1022
    elif xs == 1023:
        return 1023
    elif xs == 1024:
        return 1024
    elif xs == 1025:
        return 1025
    elif xs == 1026:
        return 1026
    elif xs == 1027:
        return 1027
    elif xs == 1028:
        return 1028
    elif xs == 1029:
        return 1029
    elif xs == 1030:
        return 1030
    elif xs == 1031:
        return 1031
    elif xs == 1032:
        return 1032
    elif xs == 1033:
        return 1033
    elif xs == 1034:
        return 1034
    elif xs == 1035:
        return 1035
    elif xs == 1036:
        return 1036
    elif xs == 1037:
        return 1037
    elif xs == 1038:
        return 1038
    elif xs == 1039:
        return 1039
    elif xs == 1040:
        return 1040
    elif xs == 1041:
        return 1041
    elif xs == 1042:
        return 1042
    elif xs == 1043:
        return 1043
    elif xs == 1044:
        return 1044
    elif xs == 1045:
        return 1045
    elif xs == 1046:
        return 1046
    elif xs == 1047:
        return 1047
    elif xs == 1048:
        return 1048
    elif xs == 1049:
        return 1049
    elif xs == 1050:
        return 1050
    elif xs == 1051:
        return 1051
    elif xs == 1052:
        return 1052
    elif xs == 1053:
        return 1053
    elif xs == 1054:
        return 1054
    elif xs == 1055:
        return 1055
    elif xs == 1056:
        return 1056
    elif xs == 1057:
        return 1057
    elif xs == 1058:
        return 1058
    elif xs == 1059:
        return 1059
    elif xs == 1060:
        return 1060
    elif xs == 1061:
        return 1061
    elif xs == 1062:
        return 1062
    elif xs == 1063:
        return 1063
    elif xs == 1064:
        return 1064
    elif xs == 1065:
        return 1065
    elif xs == 1066:
        return 1066
    elif xs == 1067:
        return 1067
    elif xs == 1068:
        return 1068
    elif xs == 1069:
        return 1069
    elif xs == 1070:
        return 1070
    elif xs == 1071:
        return 1071
    elif xs == 1072:
        return 1072
    elif xs == 1073:
        return 1073
    elif xs == 1074:
        return 1074
    elif xs == 1075:
        return 1075
    elif xs == 1076:
        return 1076
    elif xs == 1077:
        return 1077
    elif xs == 1078:
        return 1078
    elif xs == 1079:
        return 1079
    elif xs == 1080:
        return 1080
    elif xs == 1081:
        return 1081
    elif xs == 1082:
        return 1082
    elif xs == 1083:
        return 1083
    elif xs == 1084:
        return 1084
    elif xs == 1085:
        return 1085
    elif xs == 1086:
        return 1086
    elif xs == 1087:
        return 1087
    elif xs == 1088:
        return 1088
    elif xs == 1089:
        return 1089
    elif xs == 1090:
        return 1090
    elif xs == 1091:
        return 1091
    elif xs == 1092:
        return 1092
    elif xs == 1093:
        return 1093
    elif xs == 1094:
        return 1094
    elif xs == 1095:
        return 1095
    elif xs == 1096:
        return 1096
    elif xs == 1097:
        return 1097
    elif xs == 1098:
        return 1098
    elif xs == 1099:
        return 1099
    elif xs == 1100:
        return 1100
    elif xs == 1101:
        return 1101
    elif xs == 1102:
        return 1102
    elif xs == 1103:
        return 1103
    elif xs == 1104:
        return 1104
    elif xs == 1105:
        return 1105
    elif xs == 1106:
        return 1106
    elif xs == 1107:
        return 1107
    elif xs == 1108:
        return 1108
    elif xs == 1109:
        return 1109
    elif xs == 1110:
        return 1110
    elif xs == 1111:
        return 1111
    elif xs == 1112:
        return 1112
    elif xs == 1113:
        return 1113
    elif xs == 1114:
        return 1114
    elif xs == 1115:
        return 1115
    elif xs == 1116:
        return 1116
    elif xs == 1117:
        return 1117
    elif xs == 1118:
        return 1118
    elif xs == 1119:
        return 1119
    elif xs == 1120:
        return 1120
    elif xs == 1121:
        return 1121
    elif xs == 1122:
        return 1122
    elif xs == 1123:
        return 1123
    elif xs == 1124:
        return 1124
    elif xs == 1125:
        return 1125
    elif xs == 1126:
        return 1126
    elif xs == 1127:
        return 1127
    elif xs == 1128:
        return 1128
    elif xs == 1129:
        return 1129
    elif xs == 1130:
        return 1130
    elif xs == 1131:
        return 1131
    elif xs == 1132:
        return 1132
    elif xs == 1133:
        return 1133
    elif xs == 1134:
        return 1134
    elif xs == 1135:
        return 1135
    elif xs == 1136:
        return 1136
    elif xs == 1137:
        return 1137
    elif xs == 1138:
        return 1138
    elif xs == 1139:
        return 1139
    elif xs == 1140:
        return 1140
    elif xs == 1141:
        return 1141
    elif xs == 1142:
        return 1142
    elif xs == 1143:
        return 1143
    elif xs == 1144:
        return 1144
    elif xs == 1145:
        return 1145
    elif xs == 1146:
        return 1146
    elif xs == 1147:
        return 1147
    elif xs == 1148:
        return 1148
    elif xs == 1149:
        return 1149
    elif xs == 1150:
        return 1150
    elif xs == 1151:
        return 1151
    elif xs == 1152:
        return 1152
    elif xs == 1153:
        return 1153
    elif xs == 1154:
        return 1154
    elif xs == 1155:
        return 1155
    elif xs == 1156:
        return 1156
    elif xs == 1157:
        return 1157
    elif xs == 1158:
        return 1158
    elif xs == 1159:
        return 1159
    elif xs == 1160:
        return 1160
    elif xs == 1161:
        return 1161
    elif xs == 1162:
        return 1162
    elif xs == 1163:
        return 1163
    elif xs == 1164:
        return 1164
    elif xs == 1165:
        return 1165
    elif xs == 1166:
        return 1166
    elif xs == 1167:
        return 1167
    elif xs == 1168:
        return 1168
    elif xs == 1169:
        return 1169
    elif xs == 1170:
        return 1170
    elif xs == 1171:
        return 1171
    elif xs == 1172:
        return 1172
    elif xs == 1173:
        return 1173
    elif xs == 1174:
        return 1174
    elif xs == 1175:
        return 1175
    elif xs == 1176:
        return 1176
    elif xs == 1177:
        return 1177
    elif xs == 1178:
        return 1178
    elif xs == 1179:
        return 1179
    elif xs == 1180:
        return 1180
    elif xs == 1181:
        return 1181
    elif xs == 1182:
        return 1182
    elif xs == 1183:
        return 1183
    elif xs == 1184:
        return 1184
    elif xs == 1185:
        return 1185
    elif xs == 1186:
        return 1186
    elif xs == 1187:
        return 1187
    elif xs == 1188:
        return 1188
    elif xs == 1189:
        return 1189
    elif xs == 1190:
        return 1190
    elif xs == 1191:
        return 1191
    elif xs == 1192:
        return 1192
    elif xs == 1193:
        return 1193
    elif xs == 1194:
        return 1194
    elif xs == 1195:
        return 1195
    elif xs == 1196:
        return 1196
    elif xs == 1197:
        return 1197
    elif xs == 1198:
        return 1198
    elif xs == 1199:
        return 1199
    elif xs == 1200:
        return 1200
    elif xs == 1201:
        return 1201
    elif xs == 1202:
        return 1202
    elif xs == 1203:
        return 1203
    elif xs == 1204:
        return 1204
    elif xs == 1205:
        return 1205
    elif xs == 1206:
        return 1206
    elif xs == 1207:
        return 1207
    elif xs == 1208:
        return 1208
    elif xs == 1209:
        return 1209
    elif xs == 1210:
        return 1210
    elif xs == 1211:
        return 1211
    elif xs == 1212:
        return 1212
    elif xs == 1213:
        return 1213
    elif xs == 1214:
        return 1214
    elif xs == 1215:
        return 1215
    elif xs == 1216:
        return 1216
    elif xs == 1217:
        return 1217
    elif xs == 1218:
        return 1218
    elif xs == 1219:
        return 1219
    elif xs == 1220:
        return 1220
    elif xs == 1221:
        return 1221
    elif xs == 1222:
        return 1222
    elif xs == 1223:
        return 1223
    elif xs == 1224:
        return 1224
    elif xs == 1225:
        return 1225
    elif xs == 1226:
        return 1226
    elif xs == 1227:
        return 1227
    elif xs == 1228:
        return 1228
    elif xs == 1229:
        return 1229
    elif xs == 1230:
        return 1230
    elif xs == 1231:
        return 1231
    elif xs == 1232:
        return 1232
    elif xs == 1233:
        return 1233
    elif xs == 1234:
        return 1234
    elif xs == 1235:
        return 1235
    elif xs == 1236:
        return 1236
    elif xs == 1237:
        return 1237
    elif xs == 1238:
        return 1238
    elif xs == 1239:
        return 1239
    elif xs == 1240:
        return 1240
    elif xs == 1241:
        return 1241
    elif xs == 1242:
        return 1242
    elif xs == 1243:
        return 1243
    elif xs == 1244:
        return 1244
    elif xs == 1245:
        return 1245
    elif xs == 1246:
        return 1246
    elif xs == 1247:
        return 1247
    elif xs == 1248:
        return 1248
    elif xs == 1249:
        return 1249
    elif xs == 1250:
        return 1250
    elif xs == 1251:
        return 1251
    elif xs == 1252:
        return 1252
    elif xs == 1253:
        return 1253
    elif xs == 1254:
        return 1254
    elif xs == 1255:
        return 1255
    elif xs == 1256:
        return 1256
    elif xs == 1257:
        return 1257
    elif xs == 1258:
        return 1258
    elif xs == 1259:
        return 1259
    elif xs == 1260:
        return 1260
    elif xs == 1261:
        return 1261
    elif xs == 1262:
        return 1262
    elif xs == 1263:
        return 1263
    elif xs == 1264:
        return 1264
    elif xs == 1265:
        return 1265
    elif xs == 1266:
        return 1266
    elif xs == 1267:
        return 1267
    elif xs == 1268:
        return 1268
    elif xs == 1269:
        return 1269
    elif xs == 1270:
        return 1270
    elif xs == 1271:
        return 1271
    elif xs == 1272:
        return 1272
    elif xs == 1273:
        return 1273
    elif xs == 1274:
        return 1274
    elif xs == 1275:
        return 1275
    elif xs == 1276:
        return 1276
    elif xs == 1277:
        return 1277
    elif xs == 1278:
        return 1278
    elif xs == 1279:
        return 1279
    elif xs == 1280:
        return 1280
    elif xs == 1281:
        return 1281
    elif xs == 1282:
        return 1282
    elif xs == 1283:
        return 1283
    elif xs == 1284:
        return 1284
    elif xs == 1285:
        return 1285
    elif xs == 1286:
        return 1286
    elif xs == 1287:
        return 1287
    elif xs == 1288:
        return 1288
    elif xs == 1289:
        return 1289
    elif xs == 1290:
        return 1290
    elif xs == 1291:
        return 1291
    elif xs == 1292:
        return 1292
    elif xs == 1293:
        return 1293
    elif xs == 1294:
        return 1294
    elif xs == 1295:
        return 1295
    elif xs == 1296:
        return 1296
    elif xs == 1297:
        return 1297
    elif xs == 1298:
        return 1298
    elif xs == 1299:
        return 1299
    elif xs == 1300:
        return 1300
    elif xs == 1301:
        return 1301
    elif xs == 1302:
        return 1302
    elif xs == 1303:
        return 1303
    elif xs == 1304:
        return 1304
    elif xs == 1305:
        return 1305
    elif xs == 1306:
        return 1306
    elif xs == 1307:
        return 1307
    elif xs == 1308:
        return 1308
    elif xs == 1309:
        return 1309
    elif xs == 1310:
        return 1310
    elif xs == 1311:
        return 1311
    elif xs == 1312:
        return 1312
    elif xs == 1313:
        return 1313
    elif xs == 1314:
        return 1314
    elif xs == 1315:
        return 1315
    elif xs == 1316:
        return 1316
    elif xs == 1317:
        return 1317
    elif xs == 1318:
        return 1318
    elif xs == 1319:
        return 1319
    elif xs == 1320:
        return 1320
    elif xs == 1321:
        return 1321
    elif xs == 1322:
        return 1322
    elif xs == 1323:
        return 1323
    elif xs == 1324:
        return 1324
    elif xs == 1325:
        return 1325
    elif xs == 1326:
        return 1326
    elif xs == 1327:
        return 1327
    elif xs == 1328:
        return 1328
    elif xs == 1329:
        return 1329
    elif xs == 1330:
        return 1330
    elif xs == 1331:
        return 1331
    elif xs == 1332:
        return 1332
    elif xs == 1333:
        return 1333
    elif xs == 1334:
        return 1334
    elif xs == 1335:
        return 1335
    elif xs == 1336:
        return 1336
    elif xs == 1337:
        return 1337
    elif xs == 1338:
        return 1338
    elif xs == 1339:
        return 1339
    elif xs == 1340:
        return 1340
    elif xs == 1341:
        return 1341
    elif xs == 1342:
        return 1342
    elif xs == 1343:
        return 1343
    elif xs == 1344:
        return 1344
    elif xs == 1345:
        return 1345
    elif xs == 1346:
        return 1346
    elif xs == 1347:
        return 1347
    elif xs == 1348:
        return 1348
    elif xs == 1349:
        return 1349
    elif xs == 1350:
        return 1350
    elif xs == 1351:
        return 1351
    elif xs == 1352:
        return 1352
    elif xs == 1353:
        return 1353
    elif xs == 1354:
        return 1354
    elif xs == 1355:
        return 1355
    elif xs == 1356:
        return 1356
    elif xs == 1357:
        return 1357
    elif xs == 1358:
        return 1358
    elif xs == 1359:
        return 1359
    elif xs == 1360:
        return 1360
    elif xs == 1361:
        return 1361
    elif xs == 1362:
        return 1362
    elif xs == 1363:
        return 1363
    elif xs == 1364:
        return 1364
    elif xs == 1365:
        return 1365
    elif xs == 1366:
        return 1366
    elif xs == 1367:
        return 1367
    elif xs == 1368:
        return 1368
    elif xs == 1369:
        return 1369
    elif xs == 1370:
        return 1370
    elif xs == 1371:
        return 1371
    elif xs == 1372:
        return 1372
    elif xs == 1373:
        return 1373
    elif xs == 1374:
        return 1374
    elif xs == 1375:
        return 1375
    elif xs == 1376:
        return 1376
    elif xs == 1377:
        return 1377
    elif xs == 1378:
        return 1378
    elif xs == 1379:
        return 1379
    elif xs == 1380:
        return 1380
    elif xs == 1381:
        return 1381
    elif xs == 1382:
        return 1382
    elif xs == 1383:
        return 1383
    elif xs == 1384:
        return 1384
    elif xs == 1385:
        return 1385
    elif xs == 1386:
        return 1386
    elif xs == 1387:
        return 1387
    elif xs == 1388:
        return 1388
    elif xs == 1389:
        return 1389
    elif xs == 1390:
        return 1390
    elif xs == 1391:
        return 1391
    elif xs == 1392:
        return 1392
    elif xs == 1393:
        return 1393
    elif xs == 1394:
        return 1394
    elif xs == 1395:
        return 1395
    elif xs == 1396:
        return 1396
    elif xs == 1397:
        return 1397
    elif xs == 1398:
        return 1398
    elif xs == 1399:
        return 1399
    elif xs == 1400:
        return 1400
    elif xs == 1401:
        return 1401
    elif xs == 1402:
        return 1402
    elif xs == 1403:
        return 1403
    elif xs == 1404:
        return 1404
    elif xs == 1405:
        return 1405
    elif xs == 1406:
        return 1406
    elif xs == 1407:
        return 1407
    elif xs == 1408:
        return 1408
    elif xs == 1409:
        return 1409
    elif xs == 1410:
        return 1410
    elif xs == 1411:
        return 1411
    elif xs == 1412:
        return 1412
    elif xs == 1413:
        return 1413
    elif xs == 1414:
        return 1414
    elif xs == 1415:
        return 1415
    elif xs == 1416:
        return 1416
    elif xs == 1417:
        return 1417
    elif xs == 1418:
        return 1418
    elif xs == 1419:
        return 1419
    elif xs == 1420:
        return 1420
    elif xs == 1421:
        return 1421
    elif xs == 1422:
        return 1422
    elif xs == 1423:
        return 1423
    elif xs == 1424:
        return 1424
    elif xs == 1425:
        return 1425
    elif xs == 1426:
        return 1426
    elif xs == 1427:
        return 1427
    elif xs == 1428:
        return 1428
    elif xs == 1429:
        return 1429
    elif xs == 1430:
        return 1430
    elif xs == 1431:
        return 1431
    elif xs == 1432:
        return 1432
    elif xs == 1433:
        return 1433
    elif xs == 1434:
        return 1434
    elif xs == 1435:
        return 1435
    elif xs == 1436:
        return 1436
    elif xs == 1437:
        return 1437
    elif xs == 1438:
        return 1438
    elif xs == 1439:
        return 1439
    elif xs == 1440:
        return 1440
    elif xs == 1441:
        return 1441
    elif xs == 1442:
        return 1442
    elif xs == 1443:
        return 1443
    elif xs == 1444:
        return 1444
    elif xs == 1445:
        return 1445
    elif xs == 1446:
        return 1446
    elif xs == 1447:
        return 1447
    elif xs == 1448:
        return 1448
    elif xs == 1449:
        return 1449
    elif xs == 1450:
        return 1450
    elif xs == 1451:
        return 1451
    elif xs == 1452:
        return 1452
    elif xs == 1453:
        return 1453
    elif xs == 1454:
        return 1454
    elif xs == 1455:
        return 1455
    elif xs == 1456:
        return 1456
    elif xs == 1457:
        return 1457
    elif xs == 1458:
        return 1458
    elif xs == 1459:
        return 1459
    elif xs == 1460:
        return 1460
    elif xs == 1461:
        return 1461
    elif xs == 1462:
        return 1462
    elif xs == 1463:
        return 1463
    elif xs == 1464:
        return 1464
    elif xs == 1465:
        return 1465
    elif xs == 1466:
        return 1466
    elif xs == 1467:
        return 1467
    elif xs == 1468:
        return 1468
    elif xs == 1469:
        return 1469
    elif xs == 1470:
        return 1470
    elif xs == 1471:
        return 1471
    elif xs == 1472:
        return 1472
    elif xs == 1473:
        return 1473
    elif xs == 1474:
        return 1474
    elif xs == 1475:
        return 1475
    elif xs == 1476:
        return 1476
    elif xs == 1477:
        return 1477
    elif xs == 1478:
        return 1478
    elif xs == 1479:
        return 1479
    elif xs == 1480:
        return 1480
    elif xs == 1481:
        return 1481
    elif xs == 1482:
        return 1482
    elif xs == 1483:
        return 1483
    elif xs == 1484:
        return 1484
    elif xs == 1485:
        return 1485
    elif xs == 1486:
        return 1486
    elif xs == 1487:
        return 1487
    elif xs == 1488:
        return 1488
    elif xs == 1489:
        return 1489
    elif xs == 1490:
        return 1490
    elif xs == 1491:
        return 1491
    elif xs == 1492:
        return 1492
    elif xs == 1493:
        return 1493
    elif xs == 1494:
        return 1494
    elif xs == 1495:
        return 1495
    elif xs == 1496:
        return 1496
    elif xs == 1497:
        return 1497
    elif xs == 1498:
        return 1498
    elif xs == 1499:
        return 1499
    elif xs == 1500:
        return 1500
    elif xs == 1501:
        return 1501
    elif xs == 1502:
        return 1502
    elif xs == 1503:
        return 1503
    elif xs == 1504:
        return 1504
    elif xs == 1505:
        return 1505
    elif xs == 1506:
        return 1506
    elif xs == 1507:
        return 1507
    elif xs == 1508:
        return 1508
    elif xs == 1509:
        return 1509
    elif xs == 1510:
        return 1510
    elif xs == 1511:
        return 1511
    elif xs == 1512:
        return 1512
    elif xs == 1513:
        return 1513
    elif xs == 1514:
        return 1514
    elif xs == 1515:
        return 1515
    elif xs == 1516:
        return 1516
    elif xs == 1517:
        return 1517
    elif xs == 1518:
        return 1518
    elif xs == 1519:
        return 1519
    elif xs == 1520:
        return 1520
    elif xs == 1521:
        return 1521
    elif xs == 1522:
        return 1522
    elif xs == 1523:
        return 1523
    elif xs == 1524:
        return 1524
    elif xs == 1525:
        return 1525
    elif xs == 1526:
        return 1526
    elif xs == 1527:
        return 1527
    elif xs == 1528:
        return 1528
    elif xs == 1529:
        return 1529
    elif xs == 1530:
        return 1530
    elif xs == 1531:
        return 1531
    elif xs == 1532:
        return 1532
    elif xs == 1533:
        return 1533
    elif xs == 1534:
        return 1534
    elif xs == 1535:
        return 1535
    elif xs == 1536:
        return 1536
    elif xs == 1537:
        return 1537
    elif xs == 1538:
        return 1538
    elif xs == 1539:
        return 1539
    elif xs == 1540:
        return 1540
    elif xs == 1541:
        return 1541
    elif xs == 1542:
        return 1542
    elif xs == 1543:
        return 1543
    elif xs == 1544:
        return 1544
    elif xs == 1545:
        return 1545
    elif xs == 1546:
        return 1546
    elif xs == 1547:
        return 1547
    elif xs == 1548:
        return 1548
    elif xs == 1549:
        return 1549
    elif xs == 1550:
        return 1550
    elif xs == 1551:
        return 1551
    elif xs == 1552:
        return 1552
    elif xs == 1553:
        return 1553
    elif xs == 1554:
        return 1554
    elif xs == 1555:
        return 1555
    elif xs == 1556:
        return 1556
    elif xs == 1557:
        return 1557
    elif xs == 1558:
        return 1558
    elif xs == 1559:
        return 1559
    elif xs == 1560:
        return 1560
    elif xs == 1561:
        return 1561
    elif xs == 1562:
        return 1562
    elif xs == 1563:
        return 1563
    elif xs == 1564:
        return 1564
    elif xs == 1565:
        return 1565
    elif xs == 1566:
        return 1566
    elif xs == 1567:
        return 1567
    elif xs == 1568:
        return 1568
    elif xs == 1569:
        return 1569
    elif xs == 1570:
        return 1570
    elif xs == 1571:
        return 1571
    elif xs == 1572:
        return 1572
    elif xs == 1573:
        return 1573
    elif xs == 1574:
        return 1574
    elif xs == 1575:
        return 1575
    elif xs == 1576:
        return 1576
    elif xs == 1577:
        return 1577
    elif xs == 1578:
        return 1578
    elif xs == 1579:
        return 1579
    elif xs == 1580:
        return 1580
    elif xs == 1581:
        return 1581
    elif xs == 1582:
        return 1582
    elif xs == 1583:
        return 1583
    elif xs == 1584:
        return 1584
    elif xs == 1585:
        return 1585
    elif xs == 1586:
        return 1586
    elif xs == 1587:
        return 1587
    elif xs == 1588:
        return 1588
    elif xs == 1589:
        return 1589
    elif xs == 1590:
        return 1590
    elif xs == 1591:
        return 1591
    elif xs == 1592:
        return 1592
    elif xs == 1593:
        return 1593
    elif xs == 1594:
        return 1594
    elif xs == 1595:
        return 1595
    elif xs == 1596:
        return 1596
    elif xs == 1597:
        return 1597
    elif xs == 1598:
        return 1598
    elif xs == 1599:
        return 1599
    elif xs == 1600:
        return 1600
    elif xs == 1601:
        return 1601
    elif xs == 1602:
        return 1602
    elif xs == 1603:
        return 1603
    elif xs == 1604:
        return 1604
    elif xs == 1605:
        return 1605
    elif xs == 1606:
        return 1606
    elif xs == 1607:
        return 1607
    elif xs == 1608:
        return 1608
    elif xs == 1609:
        return 1609
    elif xs == 1610:
        return 1610
    elif xs == 1611:
        return 1611
    elif xs == 1612:
        return 1612
    elif xs == 1613:
        return 1613
    elif xs == 1614:
        return 1614
    elif xs == 1615:
        return 1615
    elif xs == 1616:
        return 1616
    elif xs == 1617:
        return 1617
    elif xs == 1618:
        return 1618
    elif xs == 1619:
        return 1619
    elif xs == 1620:
        return 1620
    elif xs == 1621:
        return 1621
    elif xs == 1622:
        return 1622
    elif xs == 1623:
        return 1623
    elif xs == 1624:
        return 1624
    elif xs == 1625:
        return 1625
    elif xs == 1626:
        return 1626
    elif xs == 1627:
        return 1627
    elif xs == 1628:
        return 1628
    elif xs == 1629:
        return 1629
    elif xs == 1630:
        return 1630
    elif xs == 1631:
        return 1631
    elif xs == 1632:
        return 1632
    elif xs == 1633:
        return 1633
    elif xs == 1634:
        return 1634
    elif xs == 1635:
        return 1635
    elif xs == 1636:
        return 1636
    elif xs == 1637:
        return 1637
    elif xs == 1638:
        return 1638
    elif xs == 1639:
        return 1639
    elif xs == 1640:
        return 1640
    elif xs == 1641:
        return 1641
    elif xs == 1642:
        return 1642
    elif xs == 1643:
        return 1643
    elif xs == 1644:
        return 1644
    elif xs == 1645:
        return 1645
    elif xs == 1646:
        return 1646
    elif xs == 1647:
        return 1647
    elif xs == 1648:
        return 1648
    elif xs == 1649:
        return 1649
    elif xs == 1650:
        return 1650
    elif xs == 1651:
        return 1651
    elif xs == 1652:
        return 1652
    elif xs == 1653:
        return 1653
    elif xs == 1654:
        return 1654
    elif xs == 1655:
        return 1655
    elif xs == 1656:
        return 1656
    elif xs == 1657:
        return 1657
    elif xs == 1658:
        return 1658
    elif xs == 1659:
        return 1659
    elif xs == 1660:
        return 1660
    elif xs == 1661:
        return 1661
    elif xs == 1662:
        return 1662
    elif xs == 1663:
        return 1663
    elif xs == 1664:
        return 1664
    elif xs == 1665:
        return 1665
    elif xs == 1666:
        return 1666
    elif xs == 1667:
        return 1667
    elif xs == 1668:
        return 1668
    elif xs == 1669:
        return 1669
    elif xs == 1670:
        return 1670
    elif xs == 1671:
        return 1671
    elif xs == 1672:
        return 1672
    elif xs == 1673:
        return 1673
    elif xs == 1674:
        return 1674
    elif xs == 1675:
        return 1675
    elif xs == 1676:
        return 1676
    elif xs == 1677:
        return 1677
    elif xs == 1678:
        return 1678
    elif xs == 1679:
        return 1679
    elif xs == 1680:
        return 1680
    elif xs == 1681:
        return 1681
    elif xs == 1682:
        return 1682
    elif xs == 1683:
        return 1683
    elif xs == 1684:
        return 1684
    elif xs == 1685:
        return 1685
    elif xs == 1686:
        return 1686
    elif xs == 1687:
        return 1687
    elif xs == 1688:
        return 1688
    elif xs == 1689:
        return 1689
    elif xs == 1690:
        return 1690
    elif xs == 1691:
        return 1691
    elif xs == 1692:
        return 1692
    elif xs == 1693:
        return 1693
    elif xs == 1694:
        return 1694
    elif xs == 1695:
        return 1695
    elif xs == 1696:
        return 1696
    elif xs == 1697:
        return 1697
    elif xs == 1698:
        return 1698
    elif xs == 1699:
        return 1699
    elif xs == 1700:
        return 1700
    elif xs == 1701:
        return 1701
    elif xs == 1702:
        return 1702
    elif xs == 1703:
        return 1703
    elif xs == 1704:
        return 1704
    elif xs == 1705:
        return 1705
    elif xs == 1706:
        return 1706
    elif xs == 1707:
        return 1707
    elif xs == 1708:
        return 1708
    elif xs == 1709:
        return 1709
    elif xs == 1710:
        return 1710
    elif xs == 1711:
        return 1711
    elif xs == 1712:
        return 1712
    elif xs == 1713:
        return 1713
    elif xs == 1714:
        return 1714
    elif xs == 1715:
        return 1715
    elif xs == 1716:
        return 1716
    elif xs == 1717:
        return 1717
    elif xs == 1718:
        return 1718
    elif xs == 1719:
        return 1719
    elif xs == 1720:
        return 1720
    elif xs == 1721:
        return 1721
    elif xs == 1722:
        return 1722
    elif xs == 1723:
        return 1723
    elif xs == 1724:
        return 1724
    elif xs == 1725:
        return 1725
    elif xs == 1726:
        return 1726
    elif xs == 1727:
        return 1727
    elif xs == 1728:
        return 1728
    elif xs == 1729:
        return 1729
    elif xs == 1730:
        return 1730
    elif xs == 1731:
        return 1731
    elif xs == 1732:
        return 1732
    elif xs == 1733:
        return 1733
    elif xs == 1734:
        return 1734
    elif xs == 1735:
        return 1735
    elif xs == 1736:
        return 1736
    elif xs == 1737:
        return 1737
    elif xs == 1738:
        return 1738
    elif xs == 1739:
        return 1739
    elif xs == 1740:
        return 1740
    elif xs == 1741:
        return 1741
    elif xs == 1742:
        return 1742
    elif xs == 1743:
        return 1743
    elif xs == 1744:
        return 1744
    elif xs == 1745:
        return 1745
    elif xs == 1746:
        return 1746
    elif xs == 1747:
        return 1747
    elif xs == 1748:
        return 1748
    elif xs == 1749:
        return 1749
    elif xs == 1750:
        return 1750
    elif xs == 1751:
        return 1751
    elif xs == 1752:
        return 1752
    elif xs == 1753:
        return 1753
    elif xs == 1754:
        return 1754
    elif xs == 1755:
        return 1755
    elif xs == 1756:
        return 1756
    elif xs == 1757:
        return 1757
    elif xs == 1758:
        return 1758
    elif xs == 1759:
        return 1759
    elif xs == 1760:
        return 1760
    elif xs == 1761:
        return 1761
    elif xs == 1762:
        return 1762
    elif xs == 1763:
        return 1763
    elif xs == 1764:
        return 1764
    elif xs == 1765:
        return 1765
    elif xs == 1766:
        return 1766
    elif xs == 1767:
        return 1767
    elif xs == 1768:
        return 1768
    elif xs == 1769:
        return 1769
    elif xs == 1770:
        return 1770
    elif xs == 1771:
        return 1771
    elif xs == 1772:
        return 1772
    elif xs == 1773:
        return 1773
    elif xs == 1774:
        return 1774
    elif xs == 1775:
        return 1775
    elif xs == 1776:
        return 1776
    elif xs == 1777:
        return 1777
    elif xs == 1778:
        return 1778
    elif xs == 1779:
        return 1779
    elif xs == 1780:
        return 1780
    elif xs == 1781:
        return 1781
    elif xs == 1782:
        return 1782
    elif xs == 1783:
        return 1783
    elif xs == 1784:
        return 1784
    elif xs == 1785:
        return 1785
    elif xs == 1786:
        return 1786
    elif xs == 1787:
        return 1787
    elif xs == 1788:
        return 1788
    elif xs == 1789:
        return 1789
    elif xs == 1790:
        return 1790
    elif xs == 1791:
        return 1791
    elif xs == 1792:
        return 1792
    elif xs == 1793:
        return 1793
    elif xs == 1794:
        return 1794
    elif xs == 1795:
        return 1795
    elif xs == 1796:
        return 1796
    elif xs == 1797:
        return 1797
    elif xs == 1798:
        return 1798
    elif xs == 1799:
        return 1799
    elif xs == 1800:
        return 1800
    elif xs == 1801:
        return 1801
    elif xs == 1802:
        return 1802
    elif xs == 1803:
        return 1803
    elif xs == 1804:
        return 1804
    elif xs == 1805:
        return 1805
    elif xs == 1806:
        return 1806
    elif xs == 1807:
        return 1807
    elif xs == 1808:
        return 1808
    elif xs == 1809:
        return 1809
    elif xs == 1810:
        return 1810
    elif xs == 1811:
        return 1811
    elif xs == 1812:
        return 1812
    elif xs == 1813:
        return 1813
    elif xs == 1814:
        return 1814
    elif xs == 1815:
        return 1815
    elif xs == 1816:
        return 1816
    elif xs == 1817:
        return 1817
    elif xs == 1818:
        return 1818
    elif xs == 1819:
        return 1819
    elif xs == 1820:
        return 1820
    elif xs == 1821:
        return 1821
    elif xs == 1822:
        return 1822
    elif xs == 1823:
        return 1823
    elif xs == 1824:
        return 1824
    elif xs == 1825:
        return 1825
    elif xs == 1826:
        return 1826
    elif xs == 1827:
        return 1827
    elif xs == 1828:
        return 1828
    elif xs == 1829:
        return 1829
    elif xs == 1830:
        return 1830
    elif xs == 1831:
        return 1831
    elif xs == 1832:
        return 1832
    elif xs == 1833:
        return 1833
    elif xs == 1834:
        return 1834
    elif xs == 1835:
        return 1835
    elif xs == 1836:
        return 1836
    elif xs == 1837:
        return 1837
    elif xs == 1838:
        return 1838
    elif xs == 1839:
        return 1839
    elif xs == 1840:
        return 1840
    elif xs == 1841:
        return 1841
    elif xs == 1842:
        return 1842
    elif xs == 1843:
        return 1843
    elif xs == 1844:
        return 1844
    elif xs == 1845:
        return 1845
    elif xs == 1846:
        return 1846
    elif xs == 1847:
        return 1847
    elif xs == 1848:
        return 1848
    elif xs == 1849:
        return 1849
    elif xs == 1850:
        return 1850
    elif xs == 1851:
        return 1851
    elif xs == 1852:
        return 1852
    elif xs == 1853:
        return 1853
    elif xs == 1854:
        return 1854
    elif xs == 1855:
        return 1855
    elif xs == 1856:
        return 1856
    elif xs == 1857:
        return 1857
    elif xs == 1858:
        return 1858
    elif xs == 1859:
        return 1859
    elif xs == 1860:
        return 1860
    elif xs == 1861:
        return 1861
    elif xs == 1862:
        return 1862
    elif xs == 1863:
        return 1863
    elif xs == 1864:
        return 1864
    elif xs == 1865:
        return 1865
    elif xs == 1866:
        return 1866
    elif xs == 1867:
        return 1867
    elif xs == 1868:
        return 1868
    elif xs == 1869:
        return 1869
    elif xs == 1870:
        return 1870
    elif xs == 1871:
        return 1871
    elif xs == 1872:
        return 1872
    elif xs == 1873:
        return 1873
    elif xs == 1874:
        return 1874
    elif xs == 1875:
        return 1875
    elif xs == 1876:
        return 1876
    elif xs == 1877:
        return 1877
    elif xs == 1878:
        return 1878
    elif xs == 1879:
        return 1879
    elif xs == 1880:
        return 1880
    elif xs == 1881:
        return 1881
    elif xs == 1882:
        return 1882
    elif xs == 1883:
        return 1883
    elif xs == 1884:
        return 1884
    elif xs == 1885:
        return 1885
    elif xs == 1886:
        return 1886
    elif xs == 1887:
        return 1887
    elif xs == 1888:
        return 1888
    elif xs == 1889:
        return 1889
    elif xs == 1890:
        return 1890
    elif xs == 1891:
        return 1891
    elif xs == 1892:
        return 1892
    elif xs == 1893:
        return 1893
    elif xs == 1894:
        return 1894
    elif xs == 1895:
        return 1895
    elif xs == 1896:
        return 1896
    elif xs == 1897:
        return 1897
    elif xs == 1898:
        return 1898
    elif xs == 1899:
        return 1899
    elif xs == 1900:
        return 1900
    elif xs == 1901:
        return 1901
    elif xs == 1902:
        return 1902
    elif xs == 1903:
        return 1903
    elif xs == 1904:
        return 1904
    elif xs == 1905:
        return 1905
    elif xs == 1906:
        return 1906
    elif xs == 1907:
        return 1907
    elif xs == 1908:
        return 1908
    elif xs == 1909:
        return 1909
    elif xs == 1910:
        return 1910
    elif xs == 1911:
        return 1911
    elif xs == 1912:
        return 1912
    elif xs == 1913:
        return 1913
    elif xs == 1914:
        return 1914
    elif xs == 1915:
        return 1915
    elif xs == 1916:
        return 1916
    elif xs == 1917:
        return 1917
    elif xs == 1918:
        return 1918
    elif xs == 1919:
        return 1919
    elif xs == 1920:
        return 1920
    elif xs == 1921:
        return 1921
    elif xs == 1922:
        return 1922
    elif xs == 1923:
        return 1923
    elif xs == 1924:
        return 1924
    elif xs == 1925:
        return 1925
    elif xs == 1926:
        return 1926
    elif xs == 1927:
        return 1927
    elif xs == 1928:
        return 1928
    elif xs == 1929:
        return 1929
    elif xs == 1930:
        return 1930
    elif xs == 1931:
        return 1931
    elif xs == 1932:
        return 1932
    elif xs == 1933:
        return 1933
    elif xs == 1934:
        return 1934
    elif xs == 1935:
        return 1935
    elif xs == 1936:
        return 1936
    elif xs == 1937:
        return 1937
    elif xs == 1938:
        return 1938
    elif xs == 1939:
        return 1939
    elif xs == 1940:
        return 1940
    elif xs == 1941:
        return 1941
    elif xs == 1942:
        return 1942
    elif xs == 1943:
        return 1943
    elif xs == 1944:
        return 1944
    elif xs == 1945:
        return 1945
    elif xs == 1946:
        return 1946
    elif xs == 1947:
        return 1947
    elif xs == 1948:
        return 1948
    elif xs == 1949:
        return 1949
    elif xs == 1950:
        return 1950
    elif xs == 1951:
        return 1951
    elif xs == 1952:
        return 1952
    elif xs == 1953:
        return 1953
    elif xs == 1954:
        return 1954
    elif xs == 1955:
        return 1955
    elif xs == 1956:
        return 1956
    elif xs == 1957:
        return 1957
    elif xs == 1958:
        return 1958
    elif xs == 1959:
        return 1959
    elif xs == 1960:
        return 1960
    elif xs == 1961:
        return 1961
    elif xs == 1962:
        return 1962
    elif xs == 1963:
        return 1963
    elif xs == 1964:
        return 1964
    elif xs == 1965:
        return 1965
    elif xs == 1966:
        return 1966
    elif xs == 1967:
        return 1967
    elif xs == 1968:
        return 1968
    elif xs == 1969:
        return 1969
    elif xs == 1970:
        return 1970
    elif xs == 1971:
        return 1971
    elif xs == 1972:
        return 1972
    elif xs == 1973:
        return 1973
    elif xs == 1974:
        return 1974
    elif xs == 1975:
        return 1975
    elif xs == 1976:
        return 1976
    elif xs == 1977:
        return 1977
    elif xs == 1978:
        return 1978
    elif xs == 1979:
        return 1979
    elif xs == 1980:
        return 1980
    elif xs == 1981:
        return 1981
    elif xs == 1982:
        return 1982
    elif xs == 1983:
        return 1983
    elif xs == 1984:
        return 1984
    elif xs == 1985:
        return 1985
    elif xs == 1986:
        return 1986
    elif xs == 1987:
        return 1987
    elif xs == 1988:
        return 1988
    elif xs == 1989:
        return 1989
    elif xs == 1990:
        return 1990
    elif xs == 1991:
        return 1991
    elif xs == 1992:
        return 1992
    elif xs == 1993:
        return 1993
    elif xs == 1994:
        return 1994
    elif xs == 1995:
        return 1995
    elif xs == 1996:
        return 1996
    elif xs == 1997:
        return 1997
    elif xs == 1998:
        return 1998
    elif xs == 1999:
        return 1999
    elif xs == 2000:
        return 2000
    elif xs == 2001:
        return 2001
    elif xs == 2002:
        return 2002
    elif xs == 2003:
        return 2003
    elif xs == 2004:
        return 2004
    elif xs == 2005:
        return 2005
    elif xs == 2006:
        return 2006
    elif xs == 2007:
        return 2007
    elif xs == 2008:
        return 2008
    elif xs == 2009:
        return 2009
    elif xs == 2010:
        return 2010
    elif xs == 2011:
        return 2011
    elif xs == 2012:
        return 2012
    elif xs == 2013:
        return 2013
    elif xs == 2014:
        return 2014
    elif xs == 2015:
        return 2015
    elif xs == 2016:
        return 2016
    elif xs == 2017:
        return 2017
    elif xs == 2018:
        return 2018
    elif xs == 2019:
        return 2019
    elif xs == 2020:
        return 2020
    elif xs == 2021:
        return 2021
    elif xs == 2022:
        return 2022
    elif xs == 2023:
        return 2023
    elif xs == 2024:
        return 2024
    elif xs == 2025:
        return 2025
    elif xs == 2026:
        return 2026
    elif xs == 2027:
        return 2027
    elif xs == 2028:
        return 2028
    elif xs == 2029:
        return 2029
    elif xs == 2030:
        return 2030
    elif xs == 2031:
        return 2031
    elif xs == 2032:
        return 2032
    elif xs == 2033:
        return 2033
    elif xs == 2034:
        return 2034
    elif xs == 2035:
        return 2035
    elif xs == 2036:
        return 2036
    elif xs == 2037:
        return 2037
    elif xs == 2038:
        return 2038
    elif xs == 2039:
        return 2039
    elif xs == 2040:
        return 2040
    elif xs == 2041:
        return 2041
    elif xs == 2042:
        return 2042
    elif xs == 2043:
        return 2043
    elif xs == 2044:
        return 2044
    elif xs == 2045:
        return 2045
    elif xs == 2046:
        return 2046
    elif xs == 2047:
        return 2047
    elif xs == 2048:
        return 2048
    elif xs == 2049:
        return 2049
    elif xs == 2050:
        return 2050
    elif xs == 2051:
        return 2051
    elif xs == 2052:
        return 2052
    elif xs == 2053:
        return 2053
    elif xs == 2054:
        return 2054
    elif xs == 2055:
        return 2055
    elif xs == 2056:
        return 2056
    elif xs == 2057:
        return 2057
    elif xs == 2058:
        return 2058
    elif xs == 2059:
        return 2059
    elif xs == 2060:
        return 2060
    elif xs == 2061:
        return 2061
    elif xs == 2062:
        return 2062
    elif xs == 2063:
        return 2063
    elif xs == 2064:
        return 2064
    elif xs == 2065:
        return 2065
    elif xs == 2066:
        return 2066
    elif xs == 2067:
        return 2067
    elif xs == 2068:
        return 2068
    elif xs == 2069:
        return 2069
    elif xs == 2070:
        return 2070
    elif xs == 2071:
        return 2071
    elif xs == 2072:
        return 2072
    elif xs == 2073:
        return 2073
    elif xs == 2074:
        return 2074
    elif xs == 2075:
        return 2075
    elif xs == 2076:
        return 2076
    elif xs == 2077:
        return 2077
    elif xs == 2078:
        return 2078
    elif xs == 2079:
        return 2079
    elif xs == 2080:
        return 2080
    elif xs == 2081:
        return 2081
    elif xs == 2082:
        return 2082
    elif xs == 2083:
        return 2083
    elif xs == 2084:
        return 2084
    elif xs == 2085:
        return 2085
    elif xs == 2086:
        return 2086
    elif xs == 2087:
        return 2087
    elif xs == 2088:
        return 2088
    elif xs == 2089:
        return 2089
    elif xs == 2090:
        return 2090
    elif xs == 2091:
        return 2091
    elif xs == 2092:
        return 2092
    elif xs == 2093:
        return 2093
    elif xs == 2094:
        return 2094
    elif xs == 2095:
        return 2095
    elif xs == 2096:
        return 2096
    elif xs == 2097:
        return 2097
    elif xs == 2098:
        return 2098
    elif xs == 2099:
        return 2099
    elif xs == 2100:
        return 2100
    elif xs == 2101:
        return 2101
    elif xs == 2102:
        return 2102
    elif xs == 2103:
        return 2103
    elif xs == 2104:
        return 2104
    elif xs == 2105:
        return 2105
    elif xs == 2106:
        return 2106
    elif xs == 2107:
        return 2107
    elif xs == 2108:
        return 2108
    elif xs == 2109:
        return 2109
    elif xs == 2110:
        return 2110
    elif xs == 2111:
        return 2111
    elif xs == 2112:
        return 2112
    elif xs == 2113:
        return 2113
    elif xs == 2114:
        return 2114
    elif xs == 2115:
        return 2115
    elif xs == 2116:
        return 2116
    elif xs == 2117:
        return 2117
    elif xs == 2118:
        return 2118
    elif xs == 2119:
        return 2119
    elif xs == 2120:
        return 2120
    elif xs == 2121:
        return 2121
    elif xs == 2122:
        return 2122
    elif xs == 2123:
        return 2123
    elif xs == 2124:
        return 2124
    elif xs == 2125:
        return 2125
    elif xs == 2126:
        return 2126
    elif xs == 2127:
        return 2127
    elif xs == 2128:
        return 2128
    elif xs == 2129:
        return 2129
    elif xs == 2130:
        return 2130
    elif xs == 2131:
        return 2131
    elif xs == 2132:
        return 2132
    elif xs == 2133:
        return 2133
    elif xs == 2134:
        return 2134
    elif xs == 2135:
        return 2135
    elif xs == 2136:
        return 2136
    elif xs == 2137:
        return 2137
    elif xs == 2138:
        return 2138
    elif xs == 2139:
        return 2139
    elif xs == 2140:
        return 2140
    elif xs == 2141:
        return 2141
    elif xs == 2142:
        return 2142
    elif xs == 2143:
        return 2143
    elif xs == 2144:
        return 2144
    elif xs == 2145:
        return 2145
    elif xs == 2146:
        return 2146
    elif xs == 2147:
        return 2147
    elif xs == 2148:
        return 2148
    elif xs == 2149:
        return 2149
    elif xs == 2150:
        return 2150
    elif xs == 2151:
        return 2151
    elif xs == 2152:
        return 2152
    elif xs == 2153:
        return 2153
    elif xs == 2154:
        return 2154
    elif xs == 2155:
        return 2155
    elif xs == 2156:
        return 2156
    elif xs == 2157:
        return 2157
    elif xs == 2158:
        return 2158
    elif xs == 2159:
        return 2159
    elif xs == 2160:
        return 2160
    elif xs == 2161:
        return 2161
    elif xs == 2162:
        return 2162
    elif xs == 2163:
        return 2163
    elif xs == 2164:
        return 2164
    elif xs == 2165:
        return 2165
    elif xs == 2166:
        return 2166
    elif xs == 2167:
        return 2167
    elif xs == 2168:
        return 2168
    elif xs == 2169:
        return 2169
    elif xs == 2170:
        return 2170
    elif xs == 2171:
        return 2171
    elif xs == 2172:
        return 2172
    elif xs == 2173:
        return 2173
    elif xs == 2174:
        return 2174
    elif xs == 2175:
        return 2175
    elif xs == 2176:
        return 2176
    elif xs == 2177:
        return 2177
    elif xs == 2178:
        return 2178
    elif xs == 2179:
        return 2179
    elif xs == 2180:
        return 2180
    elif xs == 2181:
        return 2181
    elif xs == 2182:
        return 2182
    elif xs == 2183:
        return 2183
    elif xs == 2184:
        return 2184
    elif xs == 2185:
        return 2185
    elif xs == 2186:
        return 2186
    elif xs == 2187:
        return 2187
    elif xs == 2188:
        return 2188
    elif xs == 2189:
        return 2189
    elif xs == 2190:
        return 2190
    elif xs == 2191:
        return 2191
    elif xs == 2192:
        return 2192
    elif xs == 2193:
        return 2193
    elif xs == 2194:
        return 2194
    elif xs == 2195:
        return 2195
    elif xs == 2196:
        return 2196
    elif xs == 2197:
        return 2197
    elif xs == 2198:
        return 2198
    elif xs == 2199:
        return 2199
    elif xs == 2200:
        return 2200
    elif xs == 2201:
        return 2201
    elif xs == 2202:
        return 2202
    elif xs == 2203:
        return 2203
    elif xs == 2204:
        return 2204
    elif xs == 2205:
        return 2205
    elif xs == 2206:
        return 2206
    elif xs == 2207:
        return 2207
    elif xs == 2208:
        return 2208
    elif xs == 2209:
        return 2209
    elif xs == 2210:
        return 2210
    elif xs == 2211:
        return 2211
    elif xs == 2212:
        return 2212
    elif xs == 2213:
        return 2213
    elif xs == 2214:
        return 2214
    elif xs == 2215:
        return 2215
    elif xs == 2216:
        return 2216
    elif xs == 2217:
        return 2217
    elif xs == 2218:
        return 2218
    elif xs == 2219:
        return 2219
    elif xs == 2220:
        return 2220
    elif xs == 2221:
        return 2221
    elif xs == 2222:
        return 2222
    elif xs == 2223:
        return 2223
    elif xs == 2224:
        return 2224
    elif xs == 2225:
        return 2225
    elif xs == 2226:
        return 2226
    elif xs == 2227:
        return 2227
    elif xs == 2228:
        return 2228
    elif xs == 2229:
        return 2229
    elif xs == 2230:
        return 2230
    elif xs == 2231:
        return 2231
    elif xs == 2232:
        return 2232
    elif xs == 2233:
        return 2233
    elif xs == 2234:
        return 2234
    elif xs == 2235:
        return 2235
    elif xs == 2236:
        return 2236
    elif xs == 2237:
        return 2237
    elif xs == 2238:
        return 2238
    elif xs == 2239:
        return 2239
    elif xs == 2240:
        return 2240
    elif xs == 2241:
        return 2241
    elif xs == 2242:
        return 2242
    elif xs == 2243:
        return 2243
    elif xs == 2244:
        return 2244
    elif xs == 2245:
        return 2245
    elif xs == 2246:
        return 2246
    elif xs == 2247:
        return 2247
    elif xs == 2248:
        return 2248
    elif xs == 2249:
        return 2249
    elif xs == 2250:
        return 2250
    elif xs == 2251:
        return 2251
    elif xs == 2252:
        return 2252
    elif xs == 2253:
        return 2253
    elif xs == 2254:
        return 2254
    elif xs == 2255:
        return 2255
    elif xs == 2256:
        return 2256
    elif xs == 2257:
        return 2257
    elif xs == 2258:
        return 2258
    elif xs == 2259:
        return 2259
    elif xs == 2260:
        return 2260
    elif xs == 2261:
        return 2261
    elif xs == 2262:
        return 2262
    elif xs == 2263:
        return 2263
    elif xs == 2264:
        return 2264
    elif xs == 2265:
        return 2265
    elif xs == 2266:
        return 2266
    elif xs == 2267:
        return 2267
    elif xs == 2268:
        return 2268
    elif xs == 2269:
        return 2269
    elif xs == 2270:
        return 2270
    elif xs == 2271:
        return 2271
    elif xs == 2272:
        return 2272
    elif xs == 2273:
        return 2273
    elif xs == 2274:
        return 2274
    elif xs == 2275:
        return 2275
    elif xs == 2276:
        return 2276
    elif xs == 2277:
        return 2277
    elif xs == 2278:
        return 2278
    elif xs == 2279:
        return 2279
    elif xs == 2280:
        return 2280
    elif xs == 2281:
        return 2281
    elif xs == 2282:
        return 2282
    elif xs == 2283:
        return 2283
    elif xs == 2284:
        return 2284
    elif xs == 2285:
        return 2285
    elif xs == 2286:
        return 2286
    elif xs == 2287:
        return 2287
    elif xs == 2288:
        return 2288
    elif xs == 2289:
        return 2289
    elif xs == 2290:
        return 2290
    elif xs == 2291:
        return 2291
    elif xs == 2292:
        return 2292
    elif xs == 2293:
        return 2293
    elif xs == 2294:
        return 2294
    elif xs == 2295:
        return 2295
    elif xs == 2296:
        return 2296
    elif xs == 2297:
        return 2297
    elif xs == 2298:
        return 2298
    elif xs == 2299:
        return 2299
    elif xs == 2300:
        return 2300
    elif xs == 2301:
        return 2301
    elif xs == 2302:
        return 2302
    elif xs == 2303:
        return 2303
    elif xs == 2304:
        return 2304
    elif xs == 2305:
        return 2305
    elif xs == 2306:
        return 2306
    elif xs == 2307:
        return 2307
    elif xs == 2308:
        return 2308
    elif xs == 2309:
        return 2309
    elif xs == 2310:
        return 2310
    elif xs == 2311:
        return 2311
    elif xs == 2312:
        return 2312
    elif xs == 2313:
        return 2313
    elif xs == 2314:
        return 2314
    elif xs == 2315:
        return 2315
    elif xs == 2316:
        return 2316
    elif xs == 2317:
        return 2317
    elif xs == 2318:
        return 2318
    elif xs == 2319:
        return 2319
    elif xs == 2320:
        return 2320
    elif xs == 2321:
        return 2321
    elif xs == 2322:
        return 2322
    elif xs == 2323:
        return 2323
    elif xs == 2324:
        return 2324
    elif xs == 2325:
        return 2325
    elif xs == 2326:
        return 2326
    elif xs == 2327:
        return 2327
    elif xs == 2328:
        return 2328
    elif xs == 2329:
        return 2329
    elif xs == 2330:
        return 2330
    elif xs == 2331:
        return 2331
    elif xs == 2332:
        return 2332
    elif xs == 2333:
        return 2333
    elif xs == 2334:
        return 2334
    elif xs == 2335:
        return 2335
    elif xs == 2336:
        return 2336
    elif xs == 2337:
        return 2337
    elif xs == 2338:
        return 2338
    elif xs == 2339:
        return 2339
    elif xs == 2340:
        return 2340
    elif xs == 2341:
        return 2341
    elif xs == 2342:
        return 2342
    elif xs == 2343:
        return 2343
    elif xs == 2344:
        return 2344
    elif xs == 2345:
        return 2345
    elif xs == 2346:
        return 2346
    elif xs == 2347:
        return 2347
    elif xs == 2348:
        return 2348
    elif xs == 2349:
        return 2349
    elif xs == 2350:
        return 2350
    elif xs == 2351:
        return 2351
    elif xs == 2352:
        return 2352
    elif xs == 2353:
        return 2353
    elif xs == 2354:
        return 2354
    elif xs == 2355:
        return 2355
    elif xs == 2356:
        return 2356
    elif xs == 2357:
        return 2357
    elif xs == 2358:
        return 2358
    elif xs == 2359:
        return 2359
    elif xs == 2360:
        return 2360
    elif xs == 2361:
        return 2361
    elif xs == 2362:
        return 2362
    elif xs == 2363:
        return 2363
    elif xs == 2364:
        return 2364
    elif xs == 2365:
        return 2365
    elif xs == 2366:
        return 2366
    elif xs == 2367:
        return 2367
    elif xs == 2368:
        return 2368
    elif xs == 2369:
        return 2369
    elif xs == 2370:
        return 2370
    elif xs == 2371:
        return 2371
    elif xs == 2372:
        return 2372
    elif xs == 2373:
        return 2373
    elif xs == 2374:
        return 2374
    elif xs == 2375:
        return 2375
    elif xs == 2376:
        return 2376
    elif xs == 2377:
        return 2377
    elif xs == 2378:
        return 2378
    elif xs == 2379:
        return 2379
    elif xs == 2380:
        return 2380
    elif xs == 2381:
        return 2381
    elif xs == 2382:
        return 2382
    elif xs == 2383:
        return 2383
    elif xs == 2384:
        return 2384
    elif xs == 2385:
        return 2385
    elif xs == 2386:
        return 2386
    elif xs == 2387:
        return 2387
    elif xs == 2388:
        return 2388
    elif xs == 2389:
        return 2389
    elif xs == 2390:
        return 2390
    elif xs == 2391:
        return 2391
    elif xs == 2392:
        return 2392
    elif xs == 2393:
        return 2393
    elif xs == 2394:
        return 2394
    elif xs == 2395:
        return 2395
    elif xs == 2396:
        return 2396
    elif xs == 2397:
        return 2397
    elif xs == 2398:
        return 2398
    elif xs == 2399:
        return 2399
    elif xs == 2400:
        return 2400
    elif xs == 2401:
        return 2401
    elif xs == 2402:
        return 2402
    elif xs == 2403:
        return 2403
    elif xs == 2404:
        return 2404
    elif xs == 2405:
        return 2405
    elif xs == 2406:
        return 2406
    elif xs == 2407:
        return 2407
    elif xs == 2408:
        return 2408
    elif xs == 2409:
        return 2409
    elif xs == 2410:
        return 2410
    elif xs == 2411:
        return 2411
    elif xs == 2412:
        return 2412
    elif xs == 2413:
        return 2413
    elif xs == 2414:
        return 2414
    elif xs == 2415:
        return 2415
    elif xs == 2416:
        return 2416
    elif xs == 2417:
        return 2417
    elif xs == 2418:
        return 2418
    elif xs == 2419:
        return 2419
    elif xs == 2420:
        return 2420
    elif xs == 2421:
        return 2421
    elif xs == 2422:
        return 2422
    elif xs == 2423:
        return 2423
    elif xs == 2424:
        return 2424
    elif xs == 2425:
        return 2425
    elif xs == 2426:
        return 2426
    elif xs == 2427:
        return 2427
    elif xs == 2428:
        return 2428
    elif xs == 2429:
        return 2429
    elif xs == 2430:
        return 2430
    elif xs == 2431:
        return 2431
    elif xs == 2432:
        return 2432
    elif xs == 2433:
        return 2433
    elif xs == 2434:
        return 2434
    elif xs == 2435:
        return 2435
    elif xs == 2436:
        return 2436
    elif xs == 2437:
        return 2437
    elif xs == 2438:
        return 2438
    elif xs == 2439:
        return 2439
    elif xs == 2440:
        return 2440
    elif xs == 2441:
        return 2441
    elif xs == 2442:
        return 2442
    elif xs == 2443:
        return 2443
    elif xs == 2444:
        return 2444
    elif xs == 2445:
        return 2445
    elif xs == 2446:
        return 2446
    elif xs == 2447:
        return 2447
    elif xs == 2448:
        return 2448
    elif xs == 2449:
        return 2449
    elif xs == 2450:
        return 2450
    elif xs == 2451:
        return 2451
    elif xs == 2452:
        return 2452
    elif xs == 2453:
        return 2453
    elif xs == 2454:
        return 2454
    elif xs == 2455:
        return 2455
    elif xs == 2456:
        return 2456
    elif xs == 2457:
        return 2457
    elif xs == 2458:
        return 2458
    elif xs == 2459:
        return 2459
    elif xs == 2460:
        return 2460
    elif xs == 2461:
        return 2461
    elif xs == 2462:
        return 2462
    elif xs == 2463:
        return 2463
    elif xs == 2464:
        return 2464
    elif xs == 2465:
        return 2465
    elif xs == 2466:
        return 2466
    elif xs == 2467:
        return 2467
    elif xs == 2468:
        return 2468
    elif xs == 2469:
        return 2469
    elif xs == 2470:
        return 2470
    elif xs == 2471:
        return 2471
    elif xs == 2472:
        return 2472
    elif xs == 2473:
        return 2473
    elif xs == 2474:
        return 2474
    elif xs == 2475:
        return 2475
    elif xs == 2476:
        return 2476
    elif xs == 2477:
        return 2477
    elif xs == 2478:
        return 2478
    elif xs == 2479:
        return 2479
    elif xs == 2480:
        return 2480
    elif xs == 2481:
        return 2481
    elif xs == 2482:
        return 2482
    elif xs == 2483:
        return 2483
    elif xs == 2484:
        return 2484
    elif xs == 2485:
        return 2485
    elif xs == 2486:
        return 2486
    elif xs == 2487:
        return 2487
    elif xs == 2488:
        return 2488
    elif xs == 2489:
        return 2489
    elif xs == 2490:
        return 2490
    elif xs == 2491:
        return 2491
    elif xs == 2492:
        return 2492
    elif xs == 2493:
        return 2493
    elif xs == 2494:
        return 2494
    elif xs == 2495:
        return 2495
    elif xs == 2496:
        return 2496
    elif xs == 2497:
        return 2497
    elif xs == 2498:
        return 2498
    elif xs == 2499:
        return 2499
    elif xs == 2500:
        return 2500
    elif xs == 2501:
        return 2501
    elif xs == 2502:
        return 2502
    elif xs == 2503:
        return 2503
    elif xs == 2504:
        return 2504
    elif xs == 2505:
        return 2505
    elif xs == 2506:
        return 2506
    elif xs == 2507:
        return 2507
    elif xs == 2508:
        return 2508
    elif xs == 2509:
        return 2509
    elif xs == 2510:
        return 2510
    elif xs == 2511:
        return 2511
    elif xs == 2512:
        return 2512
    elif xs == 2513:
        return 2513
    elif xs == 2514:
        return 2514
    elif xs == 2515:
        return 2515
    elif xs == 2516:
        return 2516
    elif xs == 2517:
        return 2517
    elif xs == 2518:
        return 2518
    elif xs == 2519:
        return 2519
    elif xs == 2520:
        return 2520
    elif xs == 2521:
        return 2521
    elif xs == 2522:
        return 2522
    elif xs == 2523:
        return 2523
    elif xs == 2524:
        return 2524
    elif xs == 2525:
        return 2525
    elif xs == 2526:
        return 2526
    elif xs == 2527:
        return 2527
    elif xs == 2528:
        return 2528
    elif xs == 2529:
        return 2529
    elif xs == 2530:
        return 2530
    elif xs == 2531:
        return 2531
    elif xs == 2532:
        return 2532
    elif xs == 2533:
        return 2533
    elif xs == 2534:
        return 2534
    elif xs == 2535:
        return 2535
    elif xs == 2536:
        return 2536
    elif xs == 2537:
        return 2537
    elif xs == 2538:
        return 2538
    elif xs == 2539:
        return 2539
    elif xs == 2540:
        return 2540
    elif xs == 2541:
        return 2541
    elif xs == 2542:
        return 2542
    elif xs == 2543:
        return 2543
    elif xs == 2544:
        return 2544
    elif xs == 2545:
        return 2545
    elif xs == 2546:
        return 2546
    elif xs == 2547:
        return 2547
    elif xs == 2548:
        return 2548
    elif xs == 2549:
        return 2549
    elif xs == 2550:
        return 2550
    elif xs == 2551:
        return 2551
    elif xs == 2552:
        return 2552
    elif xs == 2553:
        return 2553
    elif xs == 2554:
        return 2554
    elif xs == 2555:
        return 2555
    elif xs == 2556:
        return 2556
    elif xs == 2557:
        return 2557
    elif xs == 2558:
        return 2558
    elif xs == 2559:
        return 2559
    elif xs == 2560:
        return 2560
    elif xs == 2561:
        return 2561
    elif xs == 2562:
        return 2562
    elif xs == 2563:
        return 2563
    elif xs == 2564:
        return 2564
    elif xs == 2565:
        return 2565
    elif xs == 2566:
        return 2566
    elif xs == 2567:
        return 2567
    elif xs == 2568:
        return 2568
    elif xs == 2569:
        return 2569
    elif xs == 2570:
        return 2570
    elif xs == 2571:
        return 2571
    elif xs == 2572:
        return 2572
    elif xs == 2573:
        return 2573
    elif xs == 2574:
        return 2574
    elif xs == 2575:
        return 2575
    elif xs == 2576:
        return 2576
    elif xs == 2577:
        return 2577
    elif xs == 2578:
        return 2578
    elif xs == 2579:
        return 2579
    elif xs == 2580:
        return 2580
    elif xs == 2581:
        return 2581
    elif xs == 2582:
        return 2582
    elif xs == 2583:
        return 2583
    elif xs == 2584:
        return 2584
    elif xs == 2585:
        return 2585
    elif xs == 2586:
        return 2586
    elif xs == 2587:
        return 2587
    elif xs == 2588:
        return 2588
    elif xs == 2589:
        return 2589
    elif xs == 2590:
        return 2590
    elif xs == 2591:
        return 2591
    elif xs == 2592:
        return 2592
    elif xs == 2593:
        return 2593
    elif xs == 2594:
        return 2594
    elif xs == 2595:
        return 2595
    elif xs == 2596:
        return 2596
    elif xs == 2597:
        return 2597
    elif xs == 2598:
        return 2598
    elif xs == 2599:
        return 2599
    elif xs == 2600:
        return 2600
    elif xs == 2601:
        return 2601
    elif xs == 2602:
        return 2602
    elif xs == 2603:
        return 2603
    elif xs == 2604:
        return 2604
    elif xs == 2605:
        return 2605
    elif xs == 2606:
        return 2606
    elif xs == 2607:
        return 2607
    elif xs == 2608:
        return 2608
    elif xs == 2609:
        return 2609
    elif xs == 2610:
        return 2610
    elif xs == 2611:
        return 2611
    elif xs == 2612:
        return 2612
    elif xs == 2613:
        return 2613
    elif xs == 2614:
        return 2614
    elif xs == 2615:
        return 2615
    elif xs == 2616:
        return 2616
    elif xs == 2617:
        return 2617
    elif xs == 2618:
        return 2618
    elif xs == 2619:
        return 2619
    elif xs == 2620:
        return 2620
    elif xs == 2621:
        return 2621
    elif xs == 2622:
        return 2622
    elif xs == 2623:
        return 2623
    elif xs == 2624:
        return 2624
    elif xs == 2625:
        return 2625
    elif xs == 2626:
        return 2626
    elif xs == 2627:
        return 2627
    elif xs == 2628:
        return 2628
    elif xs == 2629:
        return 2629
    elif xs == 2630:
        return 2630
    elif xs == 2631:
        return 2631
    elif xs == 2632:
        return 2632
    elif xs == 2633:
        return 2633
    elif xs == 2634:
        return 2634
    elif xs == 2635:
        return 2635
    elif xs == 2636:
        return 2636
    elif xs == 2637:
        return 2637
    elif xs == 2638:
        return 2638
    elif xs == 2639:
        return 2639
    elif xs == 2640:
        return 2640
    elif xs == 2641:
        return 2641
    elif xs == 2642:
        return 2642
    elif xs == 2643:
        return 2643
    elif xs == 2644:
        return 2644
    elif xs == 2645:
        return 2645
    elif xs == 2646:
        return 2646
    elif xs == 2647:
        return 2647
    elif xs == 2648:
        return 2648
    elif xs == 2649:
        return 2649
    elif xs == 2650:
        return 2650
    elif xs == 2651:
        return 2651
    elif xs == 2652:
        return 2652
    elif xs == 2653:
        return 2653
    elif xs == 2654:
        return 2654
    elif xs == 2655:
        return 2655
    elif xs == 2656:
        return 2656
    elif xs == 2657:
        return 2657
    elif xs == 2658:
        return 2658
    elif xs == 2659:
        return 2659
    elif xs == 2660:
        return 2660
    elif xs == 2661:
        return 2661
    elif xs == 2662:
        return 2662
    elif xs == 2663:
        return 2663
    elif xs == 2664:
        return 2664
    elif xs == 2665:
        return 2665
    elif xs == 2666:
        return 2666
    elif xs == 2667:
        return 2667
    elif xs == 2668:
        return 2668
    elif xs == 2669:
        return 2669
    elif xs == 2670:
        return 2670
    elif xs == 2671:
        return 2671
    elif xs == 2672:
        return 2672
    elif xs == 2673:
        return 2673
    elif xs == 2674:
        return 2674
    elif xs == 2675:
        return 2675
    elif xs == 2676:
        return 2676
    elif xs == 2677:
        return 2677
    elif xs == 2678:
        return 2678
    elif xs == 2679:
        return 2679
    elif xs == 2680:
        return 2680
    elif xs == 2681:
        return 2681
    elif xs == 2682:
        return 2682
    elif xs == 2683:
        return 2683
    elif xs == 2684:
        return 2684
    elif xs == 2685:
        return 2685
    elif xs == 2686:
        return 2686
    elif xs == 2687:
        return 2687
    elif xs == 2688:
        return 2688
    elif xs == 2689:
        return 2689
    elif xs == 2690:
        return 2690
    elif xs == 2691:
        return 2691
    elif xs == 2692:
        return 2692
    elif xs == 2693:
        return 2693
    elif xs == 2694:
        return 2694
    elif xs == 2695:
        return 2695
    elif xs == 2696:
        return 2696
    elif xs == 2697:
        return 2697
    elif xs == 2698:
        return 2698
    elif xs == 2699:
        return 2699
    elif xs == 2700:
        return 2700
    elif xs == 2701:
        return 2701
    elif xs == 2702:
        return 2702
    elif xs == 2703:
        return 2703
    elif xs == 2704:
        return 2704
    elif xs == 2705:
        return 2705
    elif xs == 2706:
        return 2706
    elif xs == 2707:
        return 2707
    elif xs == 2708:
        return 2708
    elif xs == 2709:
        return 2709
    elif xs == 2710:
        return 2710
    elif xs == 2711:
        return 2711
    elif xs == 2712:
        return 2712
    elif xs == 2713:
        return 2713
    elif xs == 2714:
        return 2714
    elif xs == 2715:
        return 2715
    elif xs == 2716:
        return 2716
    elif xs == 2717:
        return 2717
    elif xs == 2718:
        return 2718
    elif xs == 2719:
        return 2719
    elif xs == 2720:
        return 2720
    elif xs == 2721:
        return 2721
    elif xs == 2722:
        return 2722
    elif xs == 2723:
        return 2723
    elif xs == 2724:
        return 2724
    elif xs == 2725:
        return 2725
    elif xs == 2726:
        return 2726
    elif xs == 2727:
        return 2727
    elif xs == 2728:
        return 2728
    elif xs == 2729:
        return 2729
    elif xs == 2730:
        return 2730
    elif xs == 2731:
        return 2731
    elif xs == 2732:
        return 2732
    elif xs == 2733:
        return 2733
    elif xs == 2734:
        return 2734
    elif xs == 2735:
        return 2735
    elif xs == 2736:
        return 2736
    elif xs == 2737:
        return 2737
    elif xs == 2738:
        return 2738
    elif xs == 2739:
        return 2739
    elif xs == 2740:
        return 2740
    elif xs == 2741:
        return 2741
    elif xs == 2742:
        return 2742
    elif xs == 2743:
        return 2743
    elif xs == 2744:
        return 2744
    elif xs == 2745:
        return 2745
    elif xs == 2746:
        return 2746
    elif xs == 2747:
        return 2747
    elif xs == 2748:
        return 2748
    elif xs == 2749:
        return 2749
    elif xs == 2750:
        return 2750
    elif xs == 2751:
        return 2751
    elif xs == 2752:
        return 2752
    elif xs == 2753:
        return 2753
    elif xs == 2754:
        return 2754
    elif xs == 2755:
        return 2755
    elif xs == 2756:
        return 2756
    elif xs == 2757:
        return 2757
    elif xs == 2758:
        return 2758
    elif xs == 2759:
        return 2759
    elif xs == 2760:
        return 2760
    elif xs == 2761:
        return 2761
    elif xs == 2762:
        return 2762
    elif xs == 2763:
        return 2763
    elif xs == 2764:
        return 2764
    elif xs == 2765:
        return 2765
    elif xs == 2766:
        return 2766
    elif xs == 2767:
        return 2767
    elif xs == 2768:
        return 2768
    elif xs == 2769:
        return 2769
    elif xs == 2770:
        return 2770
    elif xs == 2771:
        return 2771
    elif xs == 2772:
        return 2772
    elif xs == 2773:
        return 2773
    elif xs == 2774:
        return 2774
    elif xs == 2775:
        return 2775
    elif xs == 2776:
        return 2776
    elif xs == 2777:
        return 2777
    elif xs == 2778:
        return 2778
    elif xs == 2779:
        return 2779
    elif xs == 2780:
        return 2780
    elif xs == 2781:
        return 2781
    elif xs == 2782:
        return 2782
    elif xs == 2783:
        return 2783
    elif xs == 2784:
        return 2784
    elif xs == 2785:
        return 2785
    elif xs == 2786:
        return 2786
    elif xs == 2787:
        return 2787
    elif xs == 2788:
        return 2788
    elif xs == 2789:
        return 2789
    elif xs == 2790:
        return 2790
    elif xs == 2791:
        return 2791
    elif xs == 2792:
        return 2792
    elif xs == 2793:
        return 2793
    elif xs == 2794:
        return 2794
    elif xs == 2795:
        return 2795
    elif xs == 2796:
        return 2796
    elif xs == 2797:
        return 2797
    elif xs == 2798:
        return 2798
    elif xs == 2799:
        return 2799
    elif xs == 2800:
        return 2800
    elif xs == 2801:
        return 2801
    elif xs == 2802:
        return 2802
    elif xs == 2803:
        return 2803
    elif xs == 2804:
        return 2804
    elif xs == 2805:
        return 2805
    elif xs == 2806:
        return 2806
    elif xs == 2807:
        return 2807
    elif xs == 2808:
        return 2808
    elif xs == 2809:
        return 2809
    elif xs == 2810:
        return 2810
    elif xs == 2811:
        return 2811
    elif xs == 2812:
        return 2812
    elif xs == 2813:
        return 2813
    elif xs == 2814:
        return 2814
    elif xs == 2815:
        return 2815
    elif xs == 2816:
        return 2816
    elif xs == 2817:
        return 2817
    elif xs == 2818:
        return 2818
    elif xs == 2819:
        return 2819
    elif xs == 2820:
        return 2820
    elif xs == 2821:
        return 2821
    elif xs == 2822:
        return 2822
    elif xs == 2823:
        return 2823
    elif xs == 2824:
        return 2824
    elif xs == 2825:
        return 2825
    elif xs == 2826:
        return 2826
    elif xs == 2827:
        return 2827
    elif xs == 2828:
        return 2828
    elif xs == 2829:
        return 2829
    elif xs == 2830:
        return 2830
    elif xs == 2831:
        return 2831
    elif xs == 2832:
        return 2832
    elif xs == 2833:
        return 2833
    elif xs == 2834:
        return 2834
    elif xs == 2835:
        return 2835
    elif xs == 2836:
        return 2836
    elif xs == 2837:
        return 2837
    elif xs == 2838:
        return 2838
    elif xs == 2839:
        return 2839
    elif xs == 2840:
        return 2840
    elif xs == 2841:
        return 2841
    elif xs == 2842:
        return 2842
    elif xs == 2843:
        return 2843
    elif xs == 2844:
        return 2844
    elif xs == 2845:
        return 2845
    elif xs == 2846:
        return 2846
    elif xs == 2847:
        return 2847
    elif xs == 2848:
        return 2848
    elif xs == 2849:
        return 2849
    elif xs == 2850:
        return 2850
    elif xs == 2851:
        return 2851
    elif xs == 2852:
        return 2852
    elif xs == 2853:
        return 2853
    elif xs == 2854:
        return 2854
    elif xs == 2855:
        return 2855
    elif xs == 2856:
        return 2856
    elif xs == 2857:
        return 2857
    elif xs == 2858:
        return 2858
    elif xs == 2859:
        return 2859
    elif xs == 2860:
        return 2860
    elif xs == 2861:
        return 2861
    elif xs == 2862:
        return 2862
    elif xs == 2863:
        return 2863
    elif xs == 2864:
        return 2864
    elif xs == 2865:
        return 2865
    elif xs == 2866:
        return 2866
    elif xs == 2867:
        return 2867
    elif xs == 2868:
        return 2868
    elif xs == 2869:
        return 2869
    elif xs == 2870:
        return 2870
    elif xs == 2871:
        return 2871
    elif xs == 2872:
        return 2872
    elif xs == 2873:
        return 2873
    elif xs == 2874:
        return 2874
    elif xs == 2875:
        return 2875
    elif xs == 2876:
        return 2876
    elif xs == 2877:
        return 2877
    elif xs == 2878:
        return 2878
    elif xs == 2879:
        return 2879
    elif xs == 2880:
        return 2880
    elif xs == 2881:
        return 2881
    elif xs == 2882:
        return 2882
    elif xs == 2883:
        return 2883
    elif xs == 2884:
        return 2884
    elif xs == 2885:
        return 2885
    elif xs == 2886:
        return 2886
    elif xs == 2887:
        return 2887
    elif xs == 2888:
        return 2888
    elif xs == 2889:
        return 2889
    elif xs == 2890:
        return 2890
    elif xs == 2891:
        return 2891
    elif xs == 2892:
        return 2892
    elif xs == 2893:
        return 2893
    elif xs == 2894:
        return 2894
    elif xs == 2895:
        return 2895
    elif xs == 2896:
        return 2896
    elif xs == 2897:
        return 2897
    elif xs == 2898:
        return 2898
    elif xs == 2899:
        return 2899
    elif xs == 2900:
        return 2900
    elif xs == 2901:
        return 2901
    elif xs == 2902:
        return 2902
    elif xs == 2903:
        return 2903
    elif xs == 2904:
        return 2904
    elif xs == 2905:
        return 2905
    elif xs == 2906:
        return 2906
    elif xs == 2907:
        return 2907
    elif xs == 2908:
        return 2908
    elif xs == 2909:
        return 2909
    elif xs == 2910:
        return 2910
    elif xs == 2911:
        return 2911
    elif xs == 2912:
        return 2912
    elif xs == 2913:
        return 2913
    elif xs == 2914:
        return 2914
    elif xs == 2915:
        return 2915
    elif xs == 2916:
        return 2916
    elif xs == 2917:
        return 2917
    elif xs == 2918:
        return 2918
    elif xs == 2919:
        return 2919
    elif xs == 2920:
        return 2920
    elif xs == 2921:
        return 2921
    elif xs == 2922:
        return 2922
    elif xs == 2923:
        return 2923
    elif xs == 2924:
        return 2924
    elif xs == 2925:
        return 2925
    elif xs == 2926:
        return 2926
    elif xs == 2927:
        return 2927
    elif xs == 2928:
        return 2928
    elif xs == 2929:
        return 2929
    elif xs == 2930:
        return 2930
    elif xs == 2931:
        return 2931
    elif xs == 2932:
        return 2932
    elif xs == 2933:
        return 2933
    elif xs == 2934:
        return 2934
    elif xs == 2935:
        return 2935
    elif xs == 2936:
        return 2936
    elif xs == 2937:
        return 2937
    elif xs == 2938:
        return 2938
    elif xs == 2939:
        return 2939
    elif xs == 2940:
        return 2940
    elif xs == 2941:
        return 2941
    elif xs == 2942:
        return 2942
    elif xs == 2943:
        return 2943
    elif xs == 2944:
        return 2944
    elif xs == 2945:
        return 2945
    elif xs == 2946:
        return 2946
    elif xs == 2947:
        return 2947
    elif xs == 2948:
        return 2948
    elif xs == 2949:
        return 2949
    elif xs == 2950:
        return 2950
    elif xs == 2951:
        return 2951
    elif xs == 2952:
        return 2952
    elif xs == 2953:
        return 2953
    elif xs == 2954:
        return 2954
    elif xs == 2955:
        return 2955
    elif xs == 2956:
        return 2956
    elif xs == 2957:
        return 2957
    elif xs == 2958:
        return 2958
    elif xs == 2959:
        return 2959
    elif xs == 2960:
        return 2960
    elif xs == 2961:
        return 2961
    elif xs == 2962:
        return 2962
    elif xs == 2963:
        return 2963
    elif xs == 2964:
        return 2964
    elif xs == 2965:
        return 2965
    elif xs == 2966:
        return 2966
    elif xs == 2967:
        return 2967
    elif xs == 2968:
        return 2968
    elif xs == 2969:
        return 2969
    elif xs == 2970:
        return 2970
    elif xs == 2971:
        return 2971
    elif xs == 2972:
        return 2972
    elif xs == 2973:
        return 2973
    elif xs == 2974:
        return 2974
    elif xs == 2975:
        return 2975
    elif xs == 2976:
        return 2976
    elif xs == 2977:
        return 2977
    elif xs == 2978:
        return 2978
    elif xs == 2979:
        return 2979
    elif xs == 2980:
        return 2980
    elif xs == 2981:
        return 2981
    elif xs == 2982:
        return 2982
    elif xs == 2983:
        return 2983
    elif xs == 2984:
        return 2984
    elif xs == 2985:
        return 2985
    elif xs == 2986:
        return 2986
    elif xs == 2987:
        return 2987
    elif xs == 2988:
        return 2988
    elif xs == 2989:
        return 2989
    elif xs == 2990:
        return 2990
    elif xs == 2991:
        return 2991
    elif xs == 2992:
        return 2992
    elif xs == 2993:
        return 2993
    elif xs == 2994:
        return 2994
    elif xs == 2995:
        return 2995
    elif xs == 2996:
        return 2996
    elif xs == 2997:
        return 2997
    elif xs == 2998:
        return 2998
    elif xs == 2999:
        return 2999
    elif xs == 3000:
        return 3000
    elif xs == 3001:
        return 3001
    elif xs == 3002:
        return 3002
    elif xs == 3003:
        return 3003
    elif xs == 3004:
        return 3004
    elif xs == 3005:
        return 3005
    elif xs == 3006:
        return 3006
    elif xs == 3007:
        return 3007
    elif xs == 3008:
        return 3008
    elif xs == 3009:
        return 3009
    elif xs == 3010:
        return 3010
    elif xs == 3011:
        return 3011
    elif xs == 3012:
        return 3012
    elif xs == 3013:
        return 3013
    elif xs == 3014:
        return 3014
    elif xs == 3015:
        return 3015
    elif xs == 3016:
        return 3016
    elif xs == 3017:
        return 3017
    elif xs == 3018:
        return 3018
    elif xs == 3019:
        return 3019
    elif xs == 3020:
        return 3020
    elif xs == 3021:
        return 3021
    elif xs == 3022:
        return 3022
    elif xs == 3023:
        return 3023
    elif xs == 3024:
        return 3024
    elif xs == 3025:
        return 3025
    elif xs == 3026:
        return 3026
    elif xs == 3027:
        return 3027
    elif xs == 3028:
        return 3028
    elif xs == 3029:
        return 3029
    elif xs == 3030:
        return 3030
    elif xs == 3031:
        return 3031
    elif xs == 3032:
        return 3032
    elif xs == 3033:
        return 3033
    elif xs == 3034:
        return 3034
    elif xs == 3035:
        return 3035
    elif xs == 3036:
        return 3036
    elif xs == 3037:
        return 3037
    elif xs == 3038:
        return 3038
    elif xs == 3039:
        return 3039
    elif xs == 3040:
        return 3040
    elif xs == 3041:
        return 3041
    elif xs == 3042:
        return 3042
    elif xs == 3043:
        return 3043
    elif xs == 3044:
        return 3044
    elif xs == 3045:
        return 3045
    elif xs == 3046:
        return 3046
    elif xs == 3047:
        return 3047
    elif xs == 3048:
        return 3048
    elif xs == 3049:
        return 3049
    elif xs == 3050:
        return 3050
    elif xs == 3051:
        return 3051
    elif xs == 3052:
        return 3052
    elif xs == 3053:
        return 3053
    elif xs == 3054:
        return 3054
    elif xs == 3055:
        return 3055
    elif xs == 3056:
        return 3056
    elif xs == 3057:
        return 3057
    elif xs == 3058:
        return 3058
    elif xs == 3059:
        return 3059
    elif xs == 3060:
        return 3060
    elif xs == 3061:
        return 3061
    elif xs == 3062:
        return 3062
    elif xs == 3063:
        return 3063
    elif xs == 3064:
        return 3064
    elif xs == 3065:
        return 3065
    elif xs == 3066:
        return 3066
    elif xs == 3067:
        return 3067
    elif xs == 3068:
        return 3068
    elif xs == 3069:
        return 3069
    elif xs == 3070:
        return 3070
    elif xs == 3071:
        return 3071
    elif xs == 3072:
        return 3072
    elif xs == 3073:
        return 3073
    elif xs == 3074:
        return 3074
    elif xs == 3075:
        return 3075
    elif xs == 3076:
        return 3076
    elif xs == 3077:
        return 3077
    elif xs == 3078:
        return 3078
    elif xs == 3079:
        return 3079
    elif xs == 3080:
        return 3080
    elif xs == 3081:
        return 3081
    elif xs == 3082:
        return 3082
    elif xs == 3083:
        return 3083
    elif xs == 3084:
        return 3084
    elif xs == 3085:
        return 3085
    elif xs == 3086:
        return 3086
    elif xs == 3087:
        return 3087
    elif xs == 3088:
        return 3088
    elif xs == 3089:
        return 3089
    elif xs == 3090:
        return 3090
    elif xs == 3091:
        return 3091
    elif xs == 3092:
        return 3092
    elif xs == 3093:
        return 3093
    elif xs == 3094:
        return 3094
    elif xs == 3095:
        return 3095
    elif xs == 3096:
        return 3096
    elif xs == 3097:
        return 3097
    elif xs == 3098:
        return 3098
    elif xs == 3099:
        return 3099
    elif xs == 3100:
        return 3100
    elif xs == 3101:
        return 3101
    elif xs == 3102:
        return 3102
    elif xs == 3103:
        return 3103
    elif xs == 3104:
        return 3104
    elif xs == 3105:
        return 3105
    elif xs == 3106:
        return 3106
    elif xs == 3107:
        return 3107
    elif xs == 3108:
        return 3108
    elif xs == 3109:
        return 3109
    elif xs == 3110:
        return 3110
    elif xs == 3111:
        return 3111
    elif xs == 3112:
        return 3112
    elif xs == 3113:
        return 3113
    elif xs == 3114:
        return 3114
    elif xs == 3115:
        return 3115
    elif xs == 3116:
        return 3116
    elif xs == 3117:
        return 3117
    elif xs == 3118:
        return 3118
    elif xs == 3119:
        return 3119
    elif xs == 3120:
        return 3120
    elif xs == 3121:
        return 3121
    elif xs == 3122:
        return 3122
    elif xs == 3123:
        return 3123
    elif xs == 3124:
        return 3124
    elif xs == 3125:
        return 3125
    elif xs == 3126:
        return 3126
    elif xs == 3127:
        return 3127
    elif xs == 3128:
        return 3128
    elif xs == 3129:
        return 3129
    elif xs == 3130:
        return 3130
    elif xs == 3131:
        return 3131
    elif xs == 3132:
        return 3132
    elif xs == 3133:
        return 3133
    elif xs == 3134:
        return 3134
    elif xs == 3135:
        return 3135
    elif xs == 3136:
        return 3136
    elif xs == 3137:
        return 3137
    elif xs == 3138:
        return 3138
    elif xs == 3139:
        return 3139
    elif xs == 3140:
        return 3140
    elif xs == 3141:
        return 3141
    elif xs == 3142:
        return 3142
    elif xs == 3143:
        return 3143
    elif xs == 3144:
        return 3144
    elif xs == 3145:
        return 3145
    elif xs == 3146:
        return 3146
    elif xs == 3147:
        return 3147
    elif xs == 3148:
        return 3148
    elif xs == 3149:
        return 3149
    elif xs == 3150:
        return 3150
    elif xs == 3151:
        return 3151
    elif xs == 3152:
        return 3152
    elif xs == 3153:
        return 3153
    elif xs == 3154:
        return 3154
    elif xs == 3155:
        return 3155
    elif xs == 3156:
        return 3156
    elif xs == 3157:
        return 3157
    elif xs == 3158:
        return 3158
    elif xs == 3159:
        return 3159
    elif xs == 3160:
        return 3160
    elif xs == 3161:
        return 3161
    elif xs == 3162:
        return 3162
    elif xs == 3163:
        return 3163
    elif xs == 3164:
        return 3164
    elif xs == 3165:
        return 3165
    elif xs == 3166:
        return 3166
    elif xs == 3167:
        return 3167
    elif xs == 3168:
        return 3168
    elif xs == 3169:
        return 3169
    elif xs == 3170:
        return 3170
    elif xs == 3171:
        return 3171
    elif xs == 3172:
        return 3172
    elif xs == 3173:
        return 3173
    elif xs == 3174:
        return 3174
    elif xs == 3175:
        return 3175
    elif xs == 3176:
        return 3176
    elif xs == 3177:
        return 3177
    elif xs == 3178:
        return 3178
    elif xs == 3179:
        return 3179
    elif xs == 3180:
        return 3180
    elif xs == 3181:
        return 3181
    elif xs == 3182:
        return 3182
    elif xs == 3183:
        return 3183
    elif xs == 3184:
        return 3184
    elif xs == 3185:
        return 3185
    elif xs == 3186:
        return 3186
    elif xs == 3187:
        return 3187
    elif xs == 3188:
        return 3188
    elif xs == 3189:
        return 3189
    elif xs == 3190:
        return 3190
    elif xs == 3191:
        return 3191
    elif xs == 3192:
        return 3192
    elif xs == 3193:
        return 3193
    elif xs == 3194:
        return 3194
    elif xs == 3195:
        return 3195
    elif xs == 3196:
        return 3196
    elif xs == 3197:
        return 3197
    elif xs == 3198:
        return 3198
    elif xs == 3199:
        return 3199
    elif xs == 3200:
        return 3200
    elif xs == 3201:
        return 3201
    elif xs == 3202:
        return 3202
    elif xs == 3203:
        return 3203
    elif xs == 3204:
        return 3204
    elif xs == 3205:
        return 3205
    elif xs == 3206:
        return 3206
    elif xs == 3207:
        return 3207
    elif xs == 3208:
        return 3208
    elif xs == 3209:
        return 3209
    elif xs == 3210:
        return 3210
    elif xs == 3211:
        return 3211
    elif xs == 3212:
        return 3212
    elif xs == 3213:
        return 3213
    elif xs == 3214:
        return 3214
    elif xs == 3215:
        return 3215
    elif xs == 3216:
        return 3216
    elif xs == 3217:
        return 3217
    elif xs == 3218:
        return 3218
    elif xs == 3219:
        return 3219
    elif xs == 3220:
        return 3220
    elif xs == 3221:
        return 3221
    elif xs == 3222:
        return 3222
    elif xs == 3223:
        return 3223
    elif xs == 3224:
        return 3224
    elif xs == 3225:
        return 3225
    elif xs == 3226:
        return 3226
    elif xs == 3227:
        return 3227
    elif xs == 3228:
        return 3228
    elif xs == 3229:
        return 3229
    elif xs == 3230:
        return 3230
    elif xs == 3231:
        return 3231
    elif xs == 3232:
        return 3232
    elif xs == 3233:
        return 3233
    elif xs == 3234:
        return 3234
    elif xs == 3235:
        return 3235
    elif xs == 3236:
        return 3236
    elif xs == 3237:
        return 3237
    elif xs == 3238:
        return 3238
    elif xs == 3239:
        return 3239
    elif xs == 3240:
        return 3240
    elif xs == 3241:
        return 3241
    elif xs == 3242:
        return 3242
    elif xs == 3243:
        return 3243
    elif xs == 3244:
        return 3244
    elif xs == 3245:
        return 3245
    elif xs == 3246:
        return 3246
    elif xs == 3247:
        return 3247
    elif xs == 3248:
        return 3248
    elif xs == 3249:
        return 3249
    elif xs == 3250:
        return 3250
    elif xs == 3251:
        return 3251
    elif xs == 3252:
        return 3252
    elif xs == 3253:
        return 3253
    elif xs == 3254:
        return 3254
    elif xs == 3255:
        return 3255
    elif xs == 3256:
        return 3256
    elif xs == 3257:
        return 3257
    elif xs == 3258:
        return 3258
    elif xs == 3259:
        return 3259
    elif xs == 3260:
        return 3260
    elif xs == 3261:
        return 3261
    elif xs == 3262:
        return 3262
    elif xs == 3263:
        return 3263
    elif xs == 3264:
        return 3264
    elif xs == 3265:
        return 3265
    elif xs == 3266:
        return 3266
    elif xs == 3267:
        return 3267
    elif xs == 3268:
        return 3268
    elif xs == 3269:
        return 3269
    elif xs == 3270:
        return 3270
    elif xs == 3271:
        return 3271
    elif xs == 3272:
        return 3272
    elif xs == 3273:
        return 3273
    elif xs == 3274:
        return 3274
    elif xs == 3275:
        return 3275
    elif xs == 3276:
        return 3276
    elif xs == 3277:
        return 3277
    elif xs == 3278:
        return 3278
    elif xs == 3279:
        return 3279
    elif xs == 3280:
        return 3280
    elif xs == 3281:
        return 3281
    elif xs == 3282:
        return 3282
    elif xs == 3283:
        return 3283
    elif xs == 3284:
        return 3284
    elif xs == 3285:
        return 3285
    elif xs == 3286:
        return 3286
    elif xs == 3287:
        return 3287
    elif xs == 3288:
        return 3288
    elif xs == 3289:
        return 3289
    elif xs == 3290:
        return 3290
    elif xs == 3291:
        return 3291
    elif xs == 3292:
        return 3292
    elif xs == 3293:
        return 3293
    elif xs == 3294:
        return 3294
    elif xs == 3295:
        return 3295
    elif xs == 3296:
        return 3296
    elif xs == 3297:
        return 3297
    elif xs == 3298:
        return 3298
    elif xs == 3299:
        return 3299
    elif xs == 3300:
        return 3300
    elif xs == 3301:
        return 3301
    elif xs == 3302:
        return 3302
    elif xs == 3303:
        return 3303
    elif xs == 3304:
        return 3304
    elif xs == 3305:
        return 3305
    elif xs == 3306:
        return 3306
    elif xs == 3307:
        return 3307
    elif xs == 3308:
        return 3308
    elif xs == 3309:
        return 3309
    elif xs == 3310:
        return 3310
    elif xs == 3311:
        return 3311
    elif xs == 3312:
        return 3312
    elif xs == 3313:
        return 3313
    elif xs == 3314:
        return 3314
    elif xs == 3315:
        return 3315
    elif xs == 3316:
        return 3316
    elif xs == 3317:
        return 3317
    elif xs == 3318:
        return 3318
    elif xs == 3319:
        return 3319
    elif xs == 3320:
        return 3320
    elif xs == 3321:
        return 3321
    elif xs == 3322:
        return 3322
    elif xs == 3323:
        return 3323
    elif xs == 3324:
        return 3324
    elif xs == 3325:
        return 3325
    elif xs == 3326:
        return 3326
    elif xs == 3327:
        return 3327
    elif xs == 3328:
        return 3328
    elif xs == 3329:
        return 3329
    elif xs == 3330:
        return 3330
    elif xs == 3331:
        return 3331
    elif xs == 3332:
        return 3332
    elif xs == 3333:
        return 3333
    elif xs == 3334:
        return 3334
    elif xs == 3335:
        return 3335
    elif xs == 3336:
        return 3336
    elif xs == 3337:
        return 3337
    elif xs == 3338:
        return 3338
    elif xs == 3339:
        return 3339
    elif xs == 3340:
        return 3340
    elif xs == 3341:
        return 3341
    elif xs == 3342:
        return 3342
    elif xs == 3343:
        return 3343
    elif xs == 3344:
        return 3344
    elif xs == 3345:
        return 3345
    elif xs == 3346:
        return 3346
    elif xs == 3347:
        return 3347
    elif xs == 3348:
        return 3348
    elif xs == 3349:
        return 3349
    elif xs == 3350:
        return 3350
    elif xs == 3351:
        return 3351
    elif xs == 3352:
        return 3352
    elif xs == 3353:
        return 3353
    elif xs == 3354:
        return 3354
    elif xs == 3355:
        return 3355
    elif xs == 3356:
        return 3356
    elif xs == 3357:
        return 3357
    elif xs == 3358:
        return 3358
    elif xs == 3359:
        return 3359
    elif xs == 3360:
        return 3360
    elif xs == 3361:
        return 3361
    elif xs == 3362:
        return 3362
    elif xs == 3363:
        return 3363
    elif xs == 3364:
        return 3364
    elif xs == 3365:
        return 3365
    elif xs == 3366:
        return 3366
    elif xs == 3367:
        return 3367
    elif xs == 3368:
        return 3368
    elif xs == 3369:
        return 3369
    elif xs == 3370:
        return 3370
    elif xs == 3371:
        return 3371
    elif xs == 3372:
        return 3372
    elif xs == 3373:
        return 3373
    elif xs == 3374:
        return 3374
    elif xs == 3375:
        return 3375
    elif xs == 3376:
        return 3376
    elif xs == 3377:
        return 3377
    elif xs == 3378:
        return 3378
    elif xs == 3379:
        return 3379
    elif xs == 3380:
        return 3380
    elif xs == 3381:
        return 3381
    elif xs == 3382:
        return 3382
    elif xs == 3383:
        return 3383
    elif xs == 3384:
        return 3384
    elif xs == 3385:
        return 3385
    elif xs == 3386:
        return 3386
    elif xs == 3387:
        return 3387
    elif xs == 3388:
        return 3388
    elif xs == 3389:
        return 3389
    elif xs == 3390:
        return 3390
    elif xs == 3391:
        return 3391
    elif xs == 3392:
        return 3392
    elif xs == 3393:
        return 3393
    elif xs == 3394:
        return 3394
    elif xs == 3395:
        return 3395
    elif xs == 3396:
        return 3396
    elif xs == 3397:
        return 3397
    elif xs == 3398:
        return 3398
    elif xs == 3399:
        return 3399
    elif xs == 3400:
        return 3400
    elif xs == 3401:
        return 3401
    elif xs == 3402:
        return 3402
    elif xs == 3403:
        return 3403
    elif xs == 3404:
        return 3404
    elif xs == 3405:
        return 3405
    elif xs == 3406:
        return 3406
    elif xs == 3407:
        return 3407
    elif xs == 3408:
        return 3408
    elif xs == 3409:
        return 3409
    elif xs == 3410:
        return 3410
    elif xs == 3411:
        return 3411
    elif xs == 3412:
        return 3412
    elif xs == 3413:
        return 3413
    elif xs == 3414:
        return 3414
    elif xs == 3415:
        return 3415
    elif xs == 3416:
        return 3416
    elif xs == 3417:
        return 3417
    elif xs == 3418:
        return 3418
    elif xs == 3419:
        return 3419
    elif xs == 3420:
        return 3420
    elif xs == 3421:
        return 3421
    elif xs == 3422:
        return 3422
    elif xs == 3423:
        return 3423
    elif xs == 3424:
        return 3424
    elif xs == 3425:
        return 3425
    elif xs == 3426:
        return 3426
    elif xs == 3427:
        return 3427
    elif xs == 3428:
        return 3428
    elif xs == 3429:
        return 3429
    elif xs == 3430:
        return 3430
    elif xs == 3431:
        return 3431
    elif xs == 3432:
        return 3432
    elif xs == 3433:
        return 3433
    elif xs == 3434:
        return 3434
    elif xs == 3435:
        return 3435
    elif xs == 3436:
        return 3436
    elif xs == 3437:
        return 3437
    elif xs == 3438:
        return 3438
    elif xs == 3439:
        return 3439
    elif xs == 3440:
        return 3440
    elif xs == 3441:
        return 3441
    elif xs == 3442:
        return 3442
    elif xs == 3443:
        return 3443
    elif xs == 3444:
        return 3444
    elif xs == 3445:
        return 3445
    elif xs == 3446:
        return 3446
    elif xs == 3447:
        return 3447
    elif xs == 3448:
        return 3448
    elif xs == 3449:
        return 3449
    elif xs == 3450:
        return 3450
    elif xs == 3451:
        return 3451
    elif xs == 3452:
        return 3452
    elif xs == 3453:
        return 3453
    elif xs == 3454:
        return 3454
    elif xs == 3455:
        return 3455
    elif xs == 3456:
        return 3456
    elif xs == 3457:
        return 3457
    elif xs == 3458:
        return 3458
    elif xs == 3459:
        return 3459
    elif xs == 3460:
        return 3460
    elif xs == 3461:
        return 3461
    elif xs == 3462:
        return 3462
    elif xs == 3463:
        return 3463
    elif xs == 3464:
        return 3464
    elif xs == 3465:
        return 3465
    elif xs == 3466:
        return 3466
    elif xs == 3467:
        return 3467
    elif xs == 3468:
        return 3468
    elif xs == 3469:
        return 3469
    elif xs == 3470:
        return 3470
    elif xs == 3471:
        return 3471
    elif xs == 3472:
        return 3472
    elif xs == 3473:
        return 3473
    elif xs == 3474:
        return 3474
    elif xs == 3475:
        return 3475
    elif xs == 3476:
        return 3476
    elif xs == 3477:
        return 3477
    elif xs == 3478:
        return 3478
    elif xs == 3479:
        return 3479
    elif xs == 3480:
        return 3480
    elif xs == 3481:
        return 3481
    elif xs == 3482:
        return 3482
    elif xs == 3483:
        return 3483
    elif xs == 3484:
        return 3484
    elif xs == 3485:
        return 3485
    elif xs == 3486:
        return 3486
    elif xs == 3487:
        return 3487
    elif xs == 3488:
        return 3488
    elif xs == 3489:
        return 3489
    elif xs == 3490:
        return 3490
    elif xs == 3491:
        return 3491
    elif xs == 3492:
        return 3492
    elif xs == 3493:
        return 3493
    elif xs == 3494:
        return 3494
    elif xs == 3495:
        return 3495
    elif xs == 3496:
        return 3496
    elif xs == 3497:
        return 3497
    elif xs == 3498:
        return 3498
    elif xs == 3499:
        return 3499
    elif xs == 3500:
        return 3500
    elif xs == 3501:
        return 3501
    elif xs == 3502:
        return 3502
    elif xs == 3503:
        return 3503
    elif xs == 3504:
        return 3504
    elif xs == 3505:
        return 3505
    elif xs == 3506:
        return 3506
    elif xs == 3507:
        return 3507
    elif xs == 3508:
        return 3508
    elif xs == 3509:
        return 3509
    elif xs == 3510:
        return 3510
    elif xs == 3511:
        return 3511
    elif xs == 3512:
        return 3512
    elif xs == 3513:
        return 3513
    elif xs == 3514:
        return 3514
    elif xs == 3515:
        return 3515
    elif xs == 3516:
        return 3516
    elif xs == 3517:
        return 3517
    elif xs == 3518:
        return 3518
    elif xs == 3519:
        return 3519
    elif xs == 3520:
        return 3520
    elif xs == 3521:
        return 3521
    elif xs == 3522:
        return 3522
    elif xs == 3523:
        return 3523
    elif xs == 3524:
        return 3524
    elif xs == 3525:
        return 3525
    elif xs == 3526:
        return 3526
    elif xs == 3527:
        return 3527
    elif xs == 3528:
        return 3528
    elif xs == 3529:
        return 3529
    elif xs == 3530:
        return 3530
    elif xs == 3531:
        return 3531
    elif xs == 3532:
        return 3532
    elif xs == 3533:
        return 3533
    elif xs == 3534:
        return 3534
    elif xs == 3535:
        return 3535
    elif xs == 3536:
        return 3536
    elif xs == 3537:
        return 3537
    elif xs == 3538:
        return 3538
    elif xs == 3539:
        return 3539
    elif xs == 3540:
        return 3540
    elif xs == 3541:
        return 3541
    elif xs == 3542:
        return 3542
    elif xs == 3543:
        return 3543
    elif xs == 3544:
        return 3544
    elif xs == 3545:
        return 3545
    elif xs == 3546:
        return 3546
    elif xs == 3547:
        return 3547
    elif xs == 3548:
        return 3548
    elif xs == 3549:
        return 3549
    elif xs == 3550:
        return 3550
    elif xs == 3551:
        return 3551
    elif xs == 3552:
        return 3552
    elif xs == 3553:
        return 3553
    elif xs == 3554:
        return 3554
    elif xs == 3555:
        return 3555
    elif xs == 3556:
        return 3556
    elif xs == 3557:
        return 3557
    elif xs == 3558:
        return 3558
    elif xs == 3559:
        return 3559
    elif xs == 3560:
        return 3560
    elif xs == 3561:
        return 3561
    elif xs == 3562:
        return 3562
    elif xs == 3563:
        return 3563
    elif xs == 3564:
        return 3564
    elif xs == 3565:
        return 3565
    elif xs == 3566:
        return 3566
    elif xs == 3567:
        return 3567
    elif xs == 3568:
        return 3568
    elif xs == 3569:
        return 3569
    elif xs == 3570:
        return 3570
    elif xs == 3571:
        return 3571
    elif xs == 3572:
        return 3572
    elif xs == 3573:
        return 3573
    elif xs == 3574:
        return 3574
    elif xs == 3575:
        return 3575
    elif xs == 3576:
        return 3576
    elif xs == 3577:
        return 3577
    elif xs == 3578:
        return 3578
    elif xs == 3579:
        return 3579
    elif xs == 3580:
        return 3580
    elif xs == 3581:
        return 3581
    elif xs == 3582:
        return 3582
    elif xs == 3583:
        return 3583
    elif xs == 3584:
        return 3584
    elif xs == 3585:
        return 3585
    elif xs == 3586:
        return 3586
    elif xs == 3587:
        return 3587
    elif xs == 3588:
        return 3588
    elif xs == 3589:
        return 3589
    elif xs == 3590:
        return 3590
    elif xs == 3591:
        return 3591
    elif xs == 3592:
        return 3592
    elif xs == 3593:
        return 3593
    elif xs == 3594:
        return 3594
    elif xs == 3595:
        return 3595
    elif xs == 3596:
        return 3596
    elif xs == 3597:
        return 3597
    elif xs == 3598:
        return 3598
    elif xs == 3599:
        return 3599
    elif xs == 3600:
        return 3600
    elif xs == 3601:
        return 3601
    elif xs == 3602:
        return 3602
    elif xs == 3603:
        return 3603
    elif xs == 3604:
        return 3604
    elif xs == 3605:
        return 3605
    elif xs == 3606:
        return 3606
    elif xs == 3607:
        return 3607
    elif xs == 3608:
        return 3608
    elif xs == 3609:
        return 3609
    elif xs == 3610:
        return 3610
    elif xs == 3611:
        return 3611
    elif xs == 3612:
        return 3612
    elif xs == 3613:
        return 3613
    elif xs == 3614:
        return 3614
    elif xs == 3615:
        return 3615
    elif xs == 3616:
        return 3616
    elif xs == 3617:
        return 3617
    elif xs == 3618:
        return 3618
    elif xs == 3619:
        return 3619
    elif xs == 3620:
        return 3620
    elif xs == 3621:
        return 3621
    elif xs == 3622:
        return 3622
    elif xs == 3623:
        return 3623
    elif xs == 3624:
        return 3624
    elif xs == 3625:
        return 3625
    elif xs == 3626:
        return 3626
    elif xs == 3627:
        return 3627
    elif xs == 3628:
        return 3628
    elif xs == 3629:
        return 3629
    elif xs == 3630:
        return 3630
    elif xs == 3631:
        return 3631
    elif xs == 3632:
        return 3632
    elif xs == 3633:
        return 3633
    elif xs == 3634:
        return 3634
    elif xs == 3635:
        return 3635
    elif xs == 3636:
        return 3636
    elif xs == 3637:
        return 3637
    elif xs == 3638:
        return 3638
    elif xs == 3639:
        return 3639
    elif xs == 3640:
        return 3640
    elif xs == 3641:
        return 3641
    elif xs == 3642:
        return 3642
    elif xs == 3643:
        return 3643
    elif xs == 3644:
        return 3644
    elif xs == 3645:
        return 3645
    elif xs == 3646:
        return 3646
    elif xs == 3647:
        return 3647
    elif xs == 3648:
        return 3648
    elif xs == 3649:
        return 3649
    elif xs == 3650:
        return 3650
    elif xs == 3651:
        return 3651
    elif xs == 3652:
        return 3652
    elif xs == 3653:
        return 3653
    elif xs == 3654:
        return 3654
    elif xs == 3655:
        return 3655
    elif xs == 3656:
        return 3656
    elif xs == 3657:
        return 3657
    elif xs == 3658:
        return 3658
    elif xs == 3659:
        return 3659
    elif xs == 3660:
        return 3660
    elif xs == 3661:
        return 3661
    elif xs == 3662:
        return 3662
    elif xs == 3663:
        return 3663
    elif xs == 3664:
        return 3664
    elif xs == 3665:
        return 3665
    elif xs == 3666:
        return 3666
    elif xs == 3667:
        return 3667
    elif xs == 3668:
        return 3668
    elif xs == 3669:
        return 3669
    elif xs == 3670:
        return 3670
    elif xs == 3671:
        return 3671
    elif xs == 3672:
        return 3672
    elif xs == 3673:
        return 3673
    elif xs == 3674:
        return 3674
    elif xs == 3675:
        return 3675
    elif xs == 3676:
        return 3676
    elif xs == 3677:
        return 3677
    elif xs == 3678:
        return 3678
    elif xs == 3679:
        return 3679
    elif xs == 3680:
        return 3680
    elif xs == 3681:
        return 3681
    elif xs == 3682:
        return 3682
    elif xs == 3683:
        return 3683
    elif xs == 3684:
        return 3684
    elif xs == 3685:
        return 3685
    elif xs == 3686:
        return 3686
    elif xs == 3687:
        return 3687
    elif xs == 3688:
        return 3688
    elif xs == 3689:
        return 3689
    elif xs == 3690:
        return 3690
    elif xs == 3691:
        return 3691
    elif xs == 3692:
        return 3692
    elif xs == 3693:
        return 3693
    elif xs == 3694:
        return 3694
    elif xs == 3695:
        return 3695
    elif xs == 3696:
        return 3696
    elif xs == 3697:
        return 3697
    elif xs == 3698:
        return 3698
    elif xs == 3699:
        return 3699
    elif xs == 3700:
        return 3700
    elif xs == 3701:
        return 3701
    elif xs == 3702:
        return 3702
    elif xs == 3703:
        return 3703
    elif xs == 3704:
        return 3704
    elif xs == 3705:
        return 3705
    elif xs == 3706:
        return 3706
    elif xs == 3707:
        return 3707
    elif xs == 3708:
        return 3708
    elif xs == 3709:
        return 3709
    elif xs == 3710:
        return 3710
    elif xs == 3711:
        return 3711
    elif xs == 3712:
        return 3712
    elif xs == 3713:
        return 3713
    elif xs == 3714:
        return 3714
    elif xs == 3715:
        return 3715
    elif xs == 3716:
        return 3716
    elif xs == 3717:
        return 3717
    elif xs == 3718:
        return 3718
    elif xs == 3719:
        return 3719
    elif xs == 3720:
        return 3720
    elif xs == 3721:
        return 3721
    elif xs == 3722:
        return 3722
    elif xs == 3723:
        return 3723
    elif xs == 3724:
        return 3724
    elif xs == 3725:
        return 3725
    elif xs == 3726:
        return 3726
    elif xs == 3727:
        return 3727
    elif xs == 3728:
        return 3728
    elif xs == 3729:
        return 3729
    elif xs == 3730:
        return 3730
    elif xs == 3731:
        return 3731
    elif xs == 3732:
        return 3732
    elif xs == 3733:
        return 3733
    elif xs == 3734:
        return 3734
    elif xs == 3735:
        return 3735
    elif xs == 3736:
        return 3736
    elif xs == 3737:
        return 3737
    elif xs == 3738:
        return 3738
    elif xs == 3739:
        return 3739
    elif xs == 3740:
        return 3740
    elif xs == 3741:
        return 3741
    elif xs == 3742:
        return 3742
    elif xs == 3743:
        return 3743
    elif xs == 3744:
        return 3744
    elif xs == 3745:
        return 3745
    elif xs == 3746:
        return 3746
    elif xs == 3747:
        return 3747
    elif xs == 3748:
        return 3748
    elif xs == 3749:
        return 3749
    elif xs == 3750:
        return 3750
    elif xs == 3751:
        return 3751
    elif xs == 3752:
        return 3752
    elif xs == 3753:
        return 3753
    elif xs == 3754:
        return 3754
    elif xs == 3755:
        return 3755
    elif xs == 3756:
        return 3756
    elif xs == 3757:
        return 3757
    elif xs == 3758:
        return 3758
    elif xs == 3759:
        return 3759
    elif xs == 3760:
        return 3760
    elif xs == 3761:
        return 3761
    elif xs == 3762:
        return 3762
    elif xs == 3763:
        return 3763
    elif xs == 3764:
        return 3764
    elif xs == 3765:
        return 3765
    elif xs == 3766:
        return 3766
    elif xs == 3767:
        return 3767
    elif xs == 3768:
        return 3768
    elif xs == 3769:
        return 3769
    elif xs == 3770:
        return 3770
    elif xs == 3771:
        return 3771
    elif xs == 3772:
        return 3772
    elif xs == 3773:
        return 3773
    elif xs == 3774:
        return 3774
    elif xs == 3775:
        return 3775
    elif xs == 3776:
        return 3776
    elif xs == 3777:
        return 3777
    elif xs == 3778:
        return 3778
    elif xs == 3779:
        return 3779
    elif xs == 3780:
        return 3780
    elif xs == 3781:
        return 3781
    elif xs == 3782:
        return 3782
    elif xs == 3783:
        return 3783
    elif xs == 3784:
        return 3784
    elif xs == 3785:
        return 3785
    elif xs == 3786:
        return 3786
    elif xs == 3787:
        return 3787
    elif xs == 3788:
        return 3788
    elif xs == 3789:
        return 3789
    elif xs == 3790:
        return 3790
    elif xs == 3791:
        return 3791
    elif xs == 3792:
        return 3792
    elif xs == 3793:
        return 3793
    elif xs == 3794:
        return 3794
    elif xs == 3795:
        return 3795
    elif xs == 3796:
        return 3796
    elif xs == 3797:
        return 3797
    elif xs == 3798:
        return 3798
    elif xs == 3799:
        return 3799
    elif xs == 3800:
        return 3800
    elif xs == 3801:
        return 3801
    elif xs == 3802:
        return 3802
    elif xs == 3803:
        return 3803
    elif xs == 3804:
        return 3804
    elif xs == 3805:
        return 3805
    elif xs == 3806:
        return 3806
    elif xs == 3807:
        return 3807
    elif xs == 3808:
        return 3808
    elif xs == 3809:
        return 3809
    elif xs == 3810:
        return 3810
    elif xs == 3811:
        return 3811
    elif xs == 3812:
        return 3812
    elif xs == 3813:
        return 3813
    elif xs == 3814:
        return 3814
    elif xs == 3815:
        return 3815
    elif xs == 3816:
        return 3816
    elif xs == 3817:
        return 3817
    elif xs == 3818:
        return 3818
    elif xs == 3819:
        return 3819
    elif xs == 3820:
        return 3820
    elif xs == 3821:
        return 3821
    elif xs == 3822:
        return 3822
    elif xs == 3823:
        return 3823
    elif xs == 3824:
        return 3824
    elif xs == 3825:
        return 3825
    elif xs == 3826:
        return 3826
    elif xs == 3827:
        return 3827
    elif xs == 3828:
        return 3828
    elif xs == 3829:
        return 3829
    elif xs == 3830:
        return 3830
    elif xs == 3831:
        return 3831
    elif xs == 3832:
        return 3832
    elif xs == 3833:
        return 3833
    elif xs == 3834:
        return 3834
    elif xs == 3835:
        return 3835
    elif xs == 3836:
        return 3836
    elif xs == 3837:
        return 3837
    elif xs == 3838:
        return 3838
    elif xs == 3839:
        return 3839
    elif xs == 3840:
        return 3840
    elif xs == 3841:
        return 3841
    elif xs == 3842:
        return 3842
    elif xs == 3843:
        return 3843
    elif xs == 3844:
        return 3844
    elif xs == 3845:
        return 3845
    elif xs == 3846:
        return 3846
    elif xs == 3847:
        return 3847
    elif xs == 3848:
        return 3848
    elif xs == 3849:
        return 3849
    elif xs == 3850:
        return 3850
    elif xs == 3851:
        return 3851
    elif xs == 3852:
        return 3852
    elif xs == 3853:
        return 3853
    elif xs == 3854:
        return 3854
    elif xs == 3855:
        return 3855
    elif xs == 3856:
        return 3856
    elif xs == 3857:
        return 3857
    elif xs == 3858:
        return 3858
    elif xs == 3859:
        return 3859
    elif xs == 3860:
        return 3860
    elif xs == 3861:
        return 3861
    elif xs == 3862:
        return 3862
    elif xs == 3863:
        return 3863
    elif xs == 3864:
        return 3864
    elif xs == 3865:
        return 3865
    elif xs == 3866:
        return 3866
    elif xs == 3867:
        return 3867
    elif xs == 3868:
        return 3868
    elif xs == 3869:
        return 3869
    elif xs == 3870:
        return 3870
    elif xs == 3871:
        return 3871
    elif xs == 3872:
        return 3872
    elif xs == 3873:
        return 3873
    elif xs == 3874:
        return 3874
    elif xs == 3875:
        return 3875
    elif xs == 3876:
        return 3876
    elif xs == 3877:
        return 3877
    elif xs == 3878:
        return 3878
    elif xs == 3879:
        return 3879
    elif xs == 3880:
        return 3880
    elif xs == 3881:
        return 3881
    elif xs == 3882:
        return 3882
    elif xs == 3883:
        return 3883
    elif xs == 3884:
        return 3884
    elif xs == 3885:
        return 3885
    elif xs == 3886:
        return 3886
    elif xs == 3887:
        return 3887
    elif xs == 3888:
        return 3888
    elif xs == 3889:
        return 3889
    elif xs == 3890:
        return 3890
    elif xs == 3891:
        return 3891
    elif xs == 3892:
        return 3892
    elif xs == 3893:
        return 3893
    elif xs == 3894:
        return 3894
    elif xs == 3895:
        return 3895
    elif xs == 3896:
        return 3896
    elif xs == 3897:
        return 3897
    elif xs == 3898:
        return 3898
    elif xs == 3899:
        return 3899
    elif xs == 3900:
        return 3900
    elif xs == 3901:
        return 3901
    elif xs == 3902:
        return 3902
    elif xs == 3903:
        return 3903
    elif xs == 3904:
        return 3904
    elif xs == 3905:
        return 3905
    elif xs == 3906:
        return 3906
    elif xs == 3907:
        return 3907
    elif xs == 3908:
        return 3908
    elif xs == 3909:
        return 3909
    elif xs == 3910:
        return 3910
    elif xs == 3911:
        return 3911
    elif xs == 3912:
        return 3912
    elif xs == 3913:
        return 3913
    elif xs == 3914:
        return 3914
    elif xs == 3915:
        return 3915
    elif xs == 3916:
        return 3916
    elif xs == 3917:
        return 3917
    elif xs == 3918:
        return 3918
    elif xs == 3919:
        return 3919
    elif xs == 3920:
        return 3920
    elif xs == 3921:
        return 3921
    elif xs == 3922:
        return 3922
    elif xs == 3923:
        return 3923
    elif xs == 3924:
        return 3924
    elif xs == 3925:
        return 3925
    elif xs == 3926:
        return 3926
    elif xs == 3927:
        return 3927
    elif xs == 3928:
        return 3928
    elif xs == 3929:
        return 3929
    elif xs == 3930:
        return 3930
    elif xs == 3931:
        return 3931
    elif xs == 3932:
        return 3932
    elif xs == 3933:
        return 3933
    elif xs == 3934:
        return 3934
    elif xs == 3935:
        return 3935
    elif xs == 3936:
        return 3936
    elif xs == 3937:
        return 3937
    elif xs == 3938:
        return 3938
    elif xs == 3939:
        return 3939
    elif xs == 3940:
        return 3940
    elif xs == 3941:
        return 3941
    elif xs == 3942:
        return 3942
    elif xs == 3943:
        return 3943
    elif xs == 3944:
        return 3944
    elif xs == 3945:
        return 3945
    elif xs == 3946:
        return 3946
    elif xs == 3947:
        return 3947
    elif xs == 3948:
        return 3948
    elif xs == 3949:
        return 3949
    elif xs == 3950:
        return 3950
    elif xs == 3951:
        return 3951
    elif xs == 3952:
        return 3952
    elif xs == 3953:
        return 3953
    elif xs == 3954:
        return 3954
    elif xs == 3955:
        return 3955
    elif xs == 3956:
        return 3956
    elif xs == 3957:
        return 3957
    elif xs == 3958:
        return 3958
    elif xs == 3959:
        return 3959
    elif xs == 3960:
        return 3960
    elif xs == 3961:
        return 3961
    elif xs == 3962:
        return 3962
    elif xs == 3963:
        return 3963
    elif xs == 3964:
        return 3964
    elif xs == 3965:
        return 3965
    elif xs == 3966:
        return 3966
    elif xs == 3967:
        return 3967
    elif xs == 3968:
        return 3968
    elif xs == 3969:
        return 3969
    elif xs == 3970:
        return 3970
    elif xs == 3971:
        return 3971
    elif xs == 3972:
        return 3972
    elif xs == 3973:
        return 3973
    elif xs == 3974:
        return 3974
    elif xs == 3975:
        return 3975
    elif xs == 3976:
        return 3976
    elif xs == 3977:
        return 3977
    elif xs == 3978:
        return 3978
    elif xs == 3979:
        return 3979
    elif xs == 3980:
        return 3980
    elif xs == 3981:
        return 3981
    elif xs == 3982:
        return 3982
    elif xs == 3983:
        return 3983
    elif xs == 3984:
        return 3984
    elif xs == 3985:
        return 3985
    elif xs == 3986:
        return 3986
    elif xs == 3987:
        return 3987
    elif xs == 3988:
        return 3988
    elif xs == 3989:
        return 3989
    elif xs == 3990:
        return 3990
    elif xs == 3991:
        return 3991
    elif xs == 3992:
        return 3992
    elif xs == 3993:
        return 3993
    elif xs == 3994:
        return 3994
    elif xs == 3995:
        return 3995
    elif xs == 3996:
        return 3996
    elif xs == 3997:
        return 3997
    elif xs == 3998:
        return 3998
    elif xs == 3999:
        return 3999
